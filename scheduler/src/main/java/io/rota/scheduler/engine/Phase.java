package io.rota.scheduler.engine;

/** Where this node stands with one task. */
public enum Phase {
    /** Not its owner, and nothing of it runs here. */
    ABSENT,
    /** Its owner, waiting until every other member has said that it does not run it. */
    YIELDING,
    /** Free to run it; waits for the due time or the end of the backoff. */
    WAITING,
    /** Due; waits for a slot of the node. */
    QUEUED,
    /** Due; the arbiters are asked for a claim. */
    CLAIMING,
    /** The guard starts the process. */
    STARTING,
    /** The process is up. */
    RUNNING,
    /** The process is being stopped. */
    STOPPING,
    /** The process is gone; a majority of the books must hear how it ended. */
    ENDING,
    /** Nobody knows whether an earlier run took effect; a probe or a person must say. */
    IN_DOUBT,
    /** The probe is up. */
    PROBING,
    /** A try failed; waits for the next one. */
    RETRYING,
    /** Ended for good: by its restart policy, or because it is never due again. */
    FINISHED;

    /** True if a process may exist, or a claim may be granted at any moment: the task must not start elsewhere. */
    public boolean isBusy() {
        return switch (this) {
            case CLAIMING, STARTING, RUNNING, STOPPING, ENDING, PROBING -> true;
            case ABSENT, YIELDING, WAITING, QUEUED, RETRYING, IN_DOUBT, FINISHED -> false;
        };
    }
}
