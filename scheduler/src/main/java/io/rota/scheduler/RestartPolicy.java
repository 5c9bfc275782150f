package io.rota.scheduler;

/** What happens when the process of a service ends by itself. */
public enum RestartPolicy {
    /** Start it again, whatever its exit code. */
    ALWAYS,
    /** Start it again unless it ended with code 0. */
    ON_FAILURE,
    /** Leave it ended. */
    NEVER;

    /** True if a process that ended with this code is to be started again. */
    public boolean restartsAfter(int exitCode) {
        return switch (this) {
            case ALWAYS -> true;
            case ON_FAILURE -> exitCode != 0;
            case NEVER -> false;
        };
    }
}
