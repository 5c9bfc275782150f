package io.rota.scheduler.engine;

/** What the guard reports about a run. */
public sealed interface RunEvent {

    /** The run it is about. */
    String runId();

    /** The process is up. */
    record Started(String runId, long pid) implements RunEvent {}

    /**
     * The process and all its descendants are gone.
     *
     * @param exitCode code of the direct child; 128 + signal number after a signal
     */
    record Ended(String runId, int exitCode) implements RunEvent {}

    /** The process could not be started; the reason is for a person. */
    record NotStarted(String runId, String reason) implements RunEvent {}

    /** The guard is gone, and with it, provably, every process it had started. */
    record GuardLost(String runId) implements RunEvent {}
}
