package io.rota.scheduler.arbitration;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides claims. A claim is granted only if every earlier claim of the task that a majority of the books knows is
 * provably over (released by its holder, its boot certified dead, or its lease revoked by a majority) and a majority of
 * the books that were read accepted the new one by compare and set. Any two granted claims therefore share a book, and
 * the later one has seen the earlier. The CP lock around it only keeps arbiters from fighting: while it cannot be had,
 * the books decide alone. Thread-safe.
 */
public final class Arbiter {
    /** How long a decision waits for the CP lock. */
    static final Duration LOCK_LIMIT = Duration.ofSeconds(1);
    /** No decision counts answers older than this. */
    static final long DECISION_LIMIT_NANOS = 2_000_000_000L;

    private final TaskLocks locks;
    private final Books books;
    private final LongSupplier nanoClock;

    public Arbiter(TaskLocks locks, Books books, LongSupplier nanoClock) {
        this.locks = locks;
        this.books = books;
        this.nanoClock = nanoClock;
    }

    /** Decides one request; blocks for at most a few seconds. */
    public ClaimDecision decide(ClaimRequest request) {
        var outcome = locks.underLock(request.task(), LOCK_LIMIT, () -> decideByBooks(request, true));
        if (outcome instanceof TaskLocks.Outcome.Decided<ClaimDecision> decided) {
            return decided.value();
        }
        if (outcome instanceof TaskLocks.Outcome.Busy<ClaimDecision>) {
            return new ClaimDecision.Held("another arbiter decides about the task right now");
        }
        return decideByBooks(request, false);
    }

    private ClaimDecision decideByBooks(ClaimRequest request, boolean underLock) {
        long startNanos = nanoClock.getAsLong();
        var reading = books.read(request.task());
        if (reading.isEmpty()) {
            return new ClaimDecision.Unavailable("no majority of the arbiters' books answered");
        }
        for (var claim : reading.get().open()) {
            if (!books.revoke(claim.lease())) {
                return new ClaimDecision.Held("claim " + claim.token() + " of "
                        + claim.lease().node() + " is not over: neither released nor its node proven dead");
            }
        }
        if (isTooLate(startNanos)) {
            return new ClaimDecision.Unavailable("the books answered too slowly");
        }
        var claim = new Claim(
                request.claimId(),
                request.task(),
                reading.get().token() + 1,
                request.lease(),
                request.runId(),
                request.specHash(),
                false);
        boolean accepted = books.write(reading.get(), claim);
        // Once more: a book that accepted long ago may have been emptied and refilled without the claim since.
        if (accepted && !isTooLate(startNanos)) {
            return new ClaimDecision.Granted(claim.token(), underLock);
        }
        books.release(claim.task(), claim.claimId());
        return new ClaimDecision.Unavailable(
                accepted ? "the books accepted too slowly" : "no majority of the books accepted the claim");
    }

    private boolean isTooLate(long startNanos) {
        return nanoClock.getAsLong() - startNanos > DECISION_LIMIT_NANOS;
    }
}
