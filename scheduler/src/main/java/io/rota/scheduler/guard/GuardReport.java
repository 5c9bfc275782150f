package io.rota.scheduler.guard;

/** What the guard tells its node. */
public sealed interface GuardReport {

    /**
     * The guard takes orders from now on: what an earlier one had left running is gone.
     *
     * @param group directory of the control group that holds every process it starts; empty without one
     */
    record Ready(String group) implements GuardReport {}

    /** The process is up. */
    record Started(String runId, long pid) implements GuardReport {}

    /** The process could not be started; the reason is for a person. */
    record NotStarted(String runId, String reason) implements GuardReport {}

    /** The process and everything it had started are gone. */
    record Ended(String runId, int exitCode) implements GuardReport {}

    /** Output of the process, as it came; bytes that are no UTF-8 are replaced. */
    record Output(String runId, String text) implements GuardReport {}

    /** The guard's monotonic clock, sent a few times a second. */
    record Stamp(long nanos) implements GuardReport {}
}
