package io.rota.scheduler.engine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one task on this node. They begin only while permitted; a run under way when the permission ends goes on
 * until it is stopped or ends by itself. Confined to the engine's thread.
 */
sealed interface TaskRuns permits ServiceRuns, TimedRuns {

    /** Up to which occurrence a task has been seen to is not known. */
    long UNKNOWN = Long.MIN_VALUE;

    Phase phase();

    /** Why it stands where it stands; empty when there is nothing to say. */
    String reason();

    /** The run under way, or the latest one. */
    @Nullable
    Run run();

    /** Claims that are held or asked for. */
    Set<String> claimIds();

    /** True while a process may exist or a claim may be granted: the lease they live by must not change. */
    boolean livesByLease();

    /** True if the latest run ended badly. */
    boolean isFailing();

    /** When it is due next, epoch milliseconds; 0 if nothing is planned. */
    long dueWallMillis();

    /** From now on runs may begin. */
    void permit(Moment now);

    /** From now on nothing new may start; what runs goes on. */
    void forbid(Moment now);

    void stop(Moment now, StopCause cause);

    /** When {@link #tick} has work to do, on the monotonic clock; {@link Long#MAX_VALUE} for never. */
    long wakeNanos(Moment now);

    void tick(Moment now);

    void onClaimAnswered(Moment now, String claimId, ClaimAnswer answer);

    void onRunEvent(Moment now, RunEvent event);

    /**
     * Somebody wants a run now.
     *
     * @return why that cannot be; empty if it has its first record
     */
    default String order(Moment now, RunOrigin origin) {
        return "a service has no runs to order";
    }

    /** Begins what is due in a cycle, and gives those runs up that began on a node which is gone. */
    default void takeCycles(Moment now, Cycles cycles) {}

    /** This node has become the owner. */
    default void own(Moment now) {}

    /**
     * Up to which occurrence the task has been seen to, as far as this node knows. It goes with the task from owner to
     * owner, so that the next one neither repeats an occurrence nor leaves one out.
     */
    default long handledMillis() {
        return UNKNOWN;
    }

    /** Another node says up to which occurrence it has been seen to. */
    default void hearHandled(Moment now, long otherHandledMillis) {}

    /** Another node says when the task is due next there. */
    default void hearNextDue(Moment now, long dueMillis) {}
}
