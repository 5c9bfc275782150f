package io.rota.scheduler.arbitration;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides claims. A claim is granted only if every earlier claim of the task that a majority of the books knows is
 * provably over (released by its holder, its boot certified dead, or its lease revoked by a majority) and a majority of
 * the books that were read accepted the new one by compare and set. Any two granted claims therefore share a book, and
 * the later one has seen the earlier. A claim of level once that is over without a word of its holder leaves a doubt: no
 * run of the task is granted until a probe or a person has settled it. The CP lock around it only keeps arbiters from fighting: while it cannot be had,
 * the books decide alone. Thread-safe.
 */
public final class Arbiter {
    /** How long a decision waits for the CP lock. */
    static final Duration LOCK_LIMIT = Duration.ofSeconds(1);
    /** No decision counts answers older than this. */
    static final long DECISION_LIMIT_NANOS = 2_000_000_000L;

    /** A day and an hour: an occurrence that ended so long after another one ended by a wrong clock. */
    static final long FAR_MILLIS = Duration.ofHours(25).toMillis();

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
        var outcome = locks.underLock(request.purpose().task(), LOCK_LIMIT, () -> decideByBooks(request, true));
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
        var reading = books.read(request.purpose().task());
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
        var record = reading.get().merged();
        var refusal = refusal(record, request.purpose());
        return refusal.orElseGet(() -> grant(request, reading.get(), record, startNanos, underLock));
    }

    private ClaimDecision grant(
            ClaimRequest request, Books.Reading reading, BookEntry record, long startNanos, boolean underLock) {
        var claim = new Claim(request.claimId(), reading.token() + 1, request.lease(), request.purpose(), Ending.OPEN);
        boolean accepted = books.write(reading, record.next(claim));
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

    /** Why the record says no, once every claim in it is over; empty if it does not. */
    private static Optional<ClaimDecision> refusal(BookEntry record, Purpose purpose) {
        var unsettled = record.unsettled();
        if (unsettled.isEmpty()) {
            boolean grantable = purpose.kind().isRun() && !isRepeated(purpose, record.endedMillis());
            return grantable
                    ? Optional.empty()
                    : Optional.of(new ClaimDecision.Settled(record.endedMillis(), record.lastWord()));
        }
        var first = unsettled.get(0);
        boolean grantable = switch (purpose.kind()) {
            case LOOK -> false;
            case PROBE -> isAbout(first, purpose) && first.stage() == Doubt.Stage.OPEN;
            case DECISION ->
                unsettled.stream().anyMatch(doubt -> isAbout(doubt, purpose) && doubt.stage() != Doubt.Stage.NOT_DONE);
            case EXCLUSIVE, ONCE ->
                first.stage() == Doubt.Stage.NOT_DONE
                        && first.intent().purpose().runId().equals(purpose.runId());
        };
        return grantable ? Optional.empty() : Optional.of(new ClaimDecision.InDoubt(first));
    }

    private static boolean isAbout(Doubt doubt, Purpose purpose) {
        return doubt.intent().claimId().equals(purpose.about());
    }

    /**
     * True if the occurrence comes no later than one that has ended. At level exclusive a far later one counts for
     * nothing: a clock was wrong then, and the task would stand still until that instant. At level once it counts all the same.
     */
    private static boolean isRepeated(Purpose purpose, long endedMillis) {
        long occurrence = purpose.occurrenceMillis();
        return occurrence != Purpose.NO_OCCURRENCE
                && occurrence <= endedMillis
                && (purpose.kind() == ClaimKind.ONCE || endedMillis - occurrence <= FAR_MILLIS);
    }
}
