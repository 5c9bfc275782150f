package io.rota.scheduler.arbitration;

/**
 * The right of one node to run one task once, as the books record it.
 *
 * @param claimId names this try and no other; releases and late answers speak of it, never of (token, node)
 * @param task task name
 * @param token fencing token: grows with every claim of the task
 * @param lease the lease it lives by
 * @param runId the run it was granted for
 * @param specHash fingerprint of the definition it was granted for
 * @param over true once its holder has released it
 */
public record Claim(String claimId, String task, long token, LeaseId lease, String runId, long specHash, boolean over) {

    public Claim {
        if (token < 1) {
            throw new IllegalArgumentException("token " + token + " of claim " + claimId + " is below 1");
        }
    }

    /** The same claim, released. */
    public Claim released() {
        return new Claim(claimId, task, token, lease, runId, specHash, true);
    }
}
