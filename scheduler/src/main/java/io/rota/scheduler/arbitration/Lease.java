package io.rota.scheduler.arbitration;

/**
 * This node's lease as it stands: every exclusive run of the node lives by it.
 *
 * @param id its name
 * @param deadlineNanos on the node's monotonic clock: nothing exclusive may run at or after this instant
 * @param held true once a majority has granted it and while it has not lapsed
 */
public record Lease(LeaseId id, long deadlineNanos, boolean held) {

    /** Time left, in nanoseconds; 0 if it is not held or over. */
    public long remainingNanos(long nowNanos) {
        return held ? Math.max(0, deadlineNanos - nowNanos) : 0;
    }
}
