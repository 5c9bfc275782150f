package io.rota.scheduler.guard;

import java.util.Map;

/**
 * Owns every task process of this node, in a process of its own: it outlives the node just long enough to end them.
 * Thread-safe; calls do not block.
 */
public interface Guard extends AutoCloseable {
    /** The guard has not sent a stamp yet. */
    long NO_STAMP = Long.MIN_VALUE;

    /** Starts a process; answered by a {@link GuardReport.Started} or {@link GuardReport.NotStarted}. */
    void start(GuardCommand.Start order);

    /** Stops a process; answered by a {@link GuardReport.Ended} once everything it had started is gone. */
    void stop(String runId, long graceMillis);

    /** The latest stamp of the guard's clock, to be noted BEFORE a renewal of the lease is sent. */
    long latestStamp();

    /** A renewal that was sent after this stamp was granted. */
    void leaseHeld(long stampNanos);

    /** True once the guard that runs now has heard of a lease; until then it starts nothing exclusive. */
    boolean knowsLease();

    /** Who is to hear the guard's word if this node dies, name to peer address. */
    void peers(Map<String, String> addresses);

    /** Ends the guard in good order; whatever still runs is killed. */
    @Override
    void close();

    /** Hears what happens to the processes; called from one thread, in order. */
    interface Listener {
        void onReport(GuardReport report);

        /** The guard died; this run was ended with it, provably. */
        void onGuardLost(String runId);
    }
}
