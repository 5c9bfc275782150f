package io.rota.scheduler.engine;

/** What a runner reports about a run. */
public sealed interface RunEvent {

    /** The run it is about. */
    String runId();

    /**
     * The work is under way.
     *
     * @param pid its process, 0 if it has none of its own
     */
    record Started(String runId, long pid) implements RunEvent {}

    /**
     * The process and all its descendants are gone.
     *
     * @param exitCode code of the direct child; 128 + signal number after a signal
     * @param reason why it is no success whatever its code, for a person; empty where the code is all there is to say
     */
    record Ended(String runId, int exitCode, String reason) implements RunEvent {
        public Ended(String runId, int exitCode) {
            this(runId, exitCode, "");
        }
    }

    /** It was told to stop, its grace is over, and it goes on; nothing can end it but the end of the node. */
    record NotStopped(String runId, String reason) implements RunEvent {}

    /** The process could not be started; the reason is for a person. */
    record NotStarted(String runId, String reason) implements RunEvent {}

    /** The guard is gone, and with it, provably, every process it had started. */
    record GuardLost(String runId) implements RunEvent {}
}
