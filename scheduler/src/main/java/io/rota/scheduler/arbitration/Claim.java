package io.rota.scheduler.arbitration;

/**
 * The right of one node to do one thing once, as the books record it.
 *
 * @param claimId names this try and no other; ends and late answers speak of it, never of (token, node)
 * @param token fencing token: grows with every claim of the task
 * @param lease the lease it lives by
 * @param purpose what it was granted for
 * @param ending how it ended, as its holder has said
 */
public record Claim(String claimId, long token, LeaseId lease, Purpose purpose, Ending ending) {

    public Claim {
        if (token < 1) {
            throw new IllegalArgumentException("token " + token + " of claim " + claimId + " is below 1");
        }
    }

    /** Task name. */
    public String task() {
        return purpose.task();
    }

    /** True once its holder has said that it is over. */
    public boolean over() {
        return ending.end() != ClaimEnd.OPEN;
    }

    /** The same claim with this end, unless a better one is known already. */
    public Claim ended(Ending other) {
        return other.end().beats(ending.end()) ? new Claim(claimId, token, lease, purpose, other) : this;
    }

    /** True if its occurrence may have been started and may not: to be asked only once the claim is provably over. */
    boolean leavesDoubt() {
        return purpose.kind() == ClaimKind.ONCE
                && (ending.end() == ClaimEnd.OPEN || ending.end() == ClaimEnd.INTERRUPTED);
    }
}
