package io.rota.scheduler.guard;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All processes that belong to a run. With a control group of its own it is the members of that, and the first process
 * until it has entered. Without one it is the process group, its descendants, and whatever carries the run's mark in its
 * environment: the mark finds a grandchild that called setsid and was adopted by init, which group and descendants miss.
 * On systems without /proc only descendants are found, and nothing can be proven. Thread-safe.
 */
public final class ProcessTree {
    private static final long LOOP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ProcessId root;
    private final String mark;
    private final Optional<Cgroup> group;

    private ProcessTree(ProcessId root, String mark, Optional<Cgroup> group) {
        this.root = root;
        this.mark = mark;
        this.group = group;
    }

    /**
     * @param rootPid leader of the process group; 0 if unknown
     * @param mark {@code NAME=value} as it stands in the environment; one that ends with a slash stands for all that
     *     begin with it
     */
    public ProcessTree(long rootPid, String mark) {
        this(ProcessId.of(rootPid), mark, Optional.empty());
    }

    static ProcessTree marked(ProcessId root, String mark) {
        return new ProcessTree(root, mark, Optional.empty());
    }

    /** @param root the process that is about to enter the group, or {@link ProcessId#NONE} */
    static ProcessTree grouped(ProcessId root, Cgroup group) {
        return new ProcessTree(root, "", Optional.of(group));
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
            killGroups(runs);
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

    private static void killGroups(Collection<ProcessTree> runs) {
        try {
            runs.forEach(run -> run.group.ifPresent(Cgroup::kill));
        } catch (UncheckedIOException e) {
            // A group that cannot be read now is looked at again, and is not counted as empty.
            LockSupport.parkNanos(LOOP_NANOS);
        }
    }

    private static List<ProcessHandle> alive(Collection<ProcessTree> runs) {
        var pids = new HashSet<Long>();
        for (var run : runs) {
            run.group.ifPresent(group -> pids.addAll(group.pids()));
            if (run.group.isPresent() && run.root.isUp()) {
                pids.add(run.root.pid());
            }
        }
        var marked = runs.stream().filter(run -> run.group.isEmpty()).toList();
        var handles = Stream.concat(
                pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()),
                marked.isEmpty() ? Stream.of() : aliveMarked(marked));
        long self = ProcessHandle.current().pid();
        return handles.filter(process -> process.pid() != self).toList();
    }

    private static Stream<ProcessHandle> aliveMarked(Collection<ProcessTree> runs) {
        if (!canProve()) {
            return runs.stream()
                    .flatMap(run -> ProcessHandle.of(run.root.pid()).stream())
                    .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()));
        }
        var table = ProcessTable.look();
        Set<Long> groups = runs.stream()
                .map(run -> run.root)
                .filter(root -> root.pid() > 0 && !table.isRecycled(root))
                .map(ProcessId::pid)
                .collect(Collectors.toSet());
        var marks = runs.stream().map(run -> run.mark).collect(Collectors.toSet());
        // A root that is not known has no time of start: -1, and then everybody is looked at.
        long first = runs.stream().mapToLong(run -> run.root.startTicks()).min().orElse(-1);
        return table.belongingTo(groups, marks, first).stream()
                .filter(pid -> !table.isZombie(pid))
                .flatMap(pid -> ProcessHandle.of(pid).stream());
    }
}
