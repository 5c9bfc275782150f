package io.rota.scheduler.engine;

/**
 * Up to which occurrence a task has been seen to, as far as this node knows: it goes with the task from owner to owner, so
 * that the next one neither repeats an occurrence nor leaves one out. What a node remembers of a task that it has given
 * away is worth nothing after a while, since others have gone on. Confined to the engine's thread.
 */
final class Baton {
    /** Nothing is known. */
    static final long UNKNOWN = Long.MIN_VALUE;
    /** So long after it was given away it may still be told again: the answer that carried it may have been lost. */
    static final long GOOD_MILLIS = 10_000;

    private long handledMillis = UNKNOWN;
    private boolean away;
    private long goodUntilNanos;

    /** What can be told to another node. */
    long handledMillis(Moment now) {
        return away && now.nanos() - goodUntilNanos > 0 ? UNKNOWN : handledMillis;
    }

    /** This node has seen to all occurrences up to here. */
    void hold(long millis) {
        handledMillis = millis;
        away = false;
    }

    /** Another node says that all occurrences up to here have been seen to. */
    void hear(Moment now, long millis) {
        if (millis > handledMillis(now)) {
            hold(millis);
        }
    }

    /** The task was given to another node. */
    void giveAway(Moment now) {
        if (!away) {
            away = true;
            goodUntilNanos = now.nanosAfterMillis(GOOD_MILLIS);
        }
    }
}
