package io.rota.scheduler.guard;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All processes that belong to a run: its process group, its descendants, and whatever carries the run's mark in its
 * environment. The mark finds a grandchild that called setsid and was adopted by init, which group and descendants miss.
 * On systems without /proc only descendants are found, and nothing can be proven. Thread-safe.
 */
public final class ProcessTree {
    private static final long LOOP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long rootPid;
    private final String mark;

    /**
     * @param rootPid leader of the process group; 0 if unknown
     * @param mark {@code NAME=value} as it stands in the environment
     */
    public ProcessTree(long rootPid, String mark) {
        this.rootPid = rootPid;
        this.mark = mark;
    }

    /** True if {@link #alive} can see every process: only then is an empty answer a proof. */
    public static boolean canProve() {
        return ProcessTable.isComplete();
    }

    /** The processes of the run that are alive now; zombies are not. */
    public List<ProcessHandle> alive() {
        return alive(List.of(this));
    }

    /** Sends TERM to all of them. */
    public void terminate() {
        alive().forEach(ProcessHandle::destroy);
    }

    /**
     * Sends KILL to all of them until none is left.
     *
     * @return true if none is left, false if some outlived the limit (a process in uninterruptible sleep does)
     */
    public boolean killUntilGone(long limitNanos) {
        return killUntilGone(List.of(this), limitNanos);
    }

    /** The same for many runs at once: none of them waits for another's end. */
    static boolean killUntilGone(Collection<ProcessTree> runs, long limitNanos) {
        long start = System.nanoTime();
        // One look is not atomic: a process that is born behind it is seen by the next. Two empty ones in a row count.
        for (int empty = 0; empty < 2; ) {
            var alive = aliveOrUnknown(runs);
            if (alive.isPresent() && alive.get().isEmpty()) {
                empty++;
                continue;
            }
            empty = 0;
            if (System.nanoTime() - start > limitNanos) {
                return false;
            }
            alive.ifPresent(processes -> processes.forEach(ProcessHandle::destroyForcibly));
            LockSupport.parkNanos(LOOP_NANOS);
        }
        return true;
    }

    /** Empty if the processes could not be looked at now, which proves nothing. */
    private static Optional<List<ProcessHandle>> aliveOrUnknown(Collection<ProcessTree> runs) {
        try {
            return Optional.of(alive(runs));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static List<ProcessHandle> alive(Collection<ProcessTree> runs) {
        var roots = runs.stream().map(run -> run.rootPid).filter(pid -> pid > 0).collect(Collectors.toSet());
        var marks = runs.stream().map(run -> run.mark).collect(Collectors.toSet());
        long self = ProcessHandle.current().pid();
        if (!canProve()) {
            return roots.stream()
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                    .filter(process -> process.pid() != self)
                    .toList();
        }
        var table = ProcessTable.look();
        var found = new ArrayList<ProcessHandle>();
        for (long pid : table.belongingTo(roots, marks)) {
            if (pid != self && !table.isZombie(pid)) {
                ProcessHandle.of(pid).ifPresent(found::add);
            }
        }
        return found;
    }
}
