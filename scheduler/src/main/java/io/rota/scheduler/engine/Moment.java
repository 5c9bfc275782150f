package io.rota.scheduler.engine;

/**
 * An instant on both clocks, read together at the edge.
 *
 * @param nanos monotonic, for intervals; its origin means nothing
 * @param wallMillis epoch milliseconds, for schedules and display only
 */
public record Moment(long nanos, long wallMillis) {

    /** Monotonic time after this many milliseconds. */
    public long nanosAfterMillis(long millis) {
        return nanos + millis * 1_000_000L;
    }
}
