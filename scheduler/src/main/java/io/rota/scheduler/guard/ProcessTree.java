package io.rota.scheduler.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * All processes that belong to a run: its process group, its descendants, and whatever carries the run's mark in its
 * environment. The mark finds a grandchild that called setsid and was adopted by init, which group and descendants miss.
 * On systems without /proc only descendants are found, and nothing can be proven. Thread-safe.
 */
public final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
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
        return Files.isReadable(PROC.resolve("self/environ"));
    }

    /** The processes of the run that are alive now; zombies are not. */
    public List<ProcessHandle> alive() {
        Map<Long, ProcessHandle> found = new HashMap<>();
        if (rootPid > 0) {
            ProcessHandle.of(rootPid)
                    .ifPresent(root -> Stream.concat(Stream.of(root), root.descendants())
                            .forEach(process -> found.put(process.pid(), process)));
        }
        if (canProve()) {
            pids().filter(this::belongs).forEach(pid -> ProcessHandle.of(pid).ifPresent(p -> found.put(pid, p)));
        }
        found.keySet()
                .removeIf(pid -> isZombie(pid) || pid == ProcessHandle.current().pid());
        return List.copyOf(found.values());
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
        long start = System.nanoTime();
        for (var alive = alive(); !alive.isEmpty(); alive = alive()) {
            if (System.nanoTime() - start > limitNanos) {
                return false;
            }
            alive.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(LOOP_NANOS);
        }
        return true;
    }

    private static Stream<Long> pids() {
        try (var entries = Files.list(PROC)) {
            return entries
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .map(Long::parseLong)
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private boolean belongs(long pid) {
        return (rootPid > 0 && groupOf(pid).filter(group -> group == rootPid).isPresent()) || carriesMark(pid);
    }

    private boolean carriesMark(long pid) {
        try {
            var environment = new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ")),
                    StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + mark + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Long> groupOf(long pid) {
        return statField(pid, 2).map(Long::parseLong);
    }

    private static boolean isZombie(long pid) {
        return statField(pid, 0)
                .filter(state -> state.equals("Z") || state.equals("X"))
                .isPresent();
    }

    /** Field of /proc/PID/stat, counted from the state (0), parent (1), process group (2). */
    private static Optional<String> statField(long pid, int index) {
        try {
            var stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[index]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
