package io.rota.scheduler.guard;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process as nobody else ever was: numbers are given out again, start times are not.
 *
 * @param pid process id; 0 for no process
 * @param startTicks when it started, in clock ticks since the machine's boot: field 22 of /proc/PID/stat; -1 if unknown
 */
public record ProcessId(long pid, long startTicks) {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    public static final ProcessId NONE = new ProcessId(0, -1);

    /** The process that has this number now; its start is unknown if there is none, or no /proc. */
    public static ProcessId of(long pid) {
        return new ProcessId(pid, ProcessTable.startTicks(pid));
    }

    /** True if this very process runs or sleeps; a zombie does neither. */
    boolean isUp() {
        return startTicks >= 0 && ProcessTable.isUp(this);
    }

    /**
     * Kills it, and nobody who bears its number later.
     *
     * @return true once it is gone, false if it outlives the limit
     */
    boolean killUntilGone(long limitNanos) {
        long start = System.nanoTime();
        while (isUp()) {
            if (System.nanoTime() - start > limitNanos) {
                return false;
            }
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
