package io.rota.scheduler.cron;

/**
 * What happens to a fixed time of day where the clocks are changed. Times with a wildcard or an open step in second, minute
 * or hour follow elapsed time under every rule.
 */
public enum DstRule {
    /** Exactly once: a time that the clocks leap over comes right after the leap, one that they repeat comes the first time. */
    ONCE,
    /** At most once: a time that the clocks leap over does not come, one that they repeat comes the first time. */
    SKIP,
    /** At least once: a time that the clocks leap over comes right after the leap, one that they repeat comes both times. */
    TWICE;

    boolean runsAfterGap() {
        return this != SKIP;
    }

    boolean repeatsInOverlap() {
        return this == TWICE;
    }
}
