package io.rota.torture.cluster;

import io.rota.torture.history.NodeLife;
import io.rota.torture.net.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node and its guard as processes of the system, through all its lives. Signals go to exactly these two pids.
 * Thread-safe.
 */
public final class NodeProcess {
    private static final long TOLD_LIMIT_SECONDS = 30;

    private final String name;
    private final List<String> argv;
    private final Path log;
    private final List<NodeLife> ended = new ArrayList<>();
    private @Nullable Process process;
    private long startNanos;
    private NodeLife.End expectedEnd = NodeLife.End.UNASKED;
    private boolean retired;

    NodeProcess(String name, List<String> argv, Path log) {
        this.name = name;
        this.argv = List.copyOf(argv);
        this.log = log;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Starts it, unless it lives or is retired. */
    public synchronized void start() throws IOException {
        if (retired || isAlive()) {
            return;
        }
        close(System.nanoTime());
        expectedEnd = NodeLife.End.UNASKED;
        startNanos = System.nanoTime();
        process = new ProcessBuilder(argv)
                .directory(log.resolveSibling("").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private synchronized void close(long nanos) {
        var last = process;
        if (last != null) {
            var code = expectedEnd == NodeLife.End.KILLED || expectedEnd == NodeLife.End.KILLED_WITH_GUARD
                    ? OptionalInt.empty()
                    : OptionalInt.of(last.exitValue());
            ended.add(new NodeLife(name, last.pid(), startNanos, nanos, expectedEnd, code));
            process = null;
        }
    }

    /** True while its process lives, frozen or not. */
    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The pid of the node; empty if it is down. */
    public synchronized Optional<Long> pid() {
        return process != null && process.isAlive() ? Optional.of(process.pid()) : Optional.empty();
    }

    /** The pid of its guard; empty if there is none now. */
    public Optional<Long> guardPid() {
        return pid().flatMap(ProcessHandle::of)
                .flatMap(node -> node.children()
                        .filter(child -> child.info().commandLine().orElse("").contains(" guard "))
                        .map(ProcessHandle::pid)
                        .findFirst());
    }

    /** kill -9 of the node alone. */
    public void kill() throws IOException {
        end(NodeLife.End.KILLED, pid().stream().toList());
    }

    /** kill -9 of node and guard in one call. */
    public void killWithGuard() throws IOException {
        var pids = new ArrayList<Long>(guardPid().stream().toList());
        pids.addAll(pid().stream().toList());
        end(NodeLife.End.KILLED_WITH_GUARD, pids);
    }

    /** The same, and it is never started again. */
    synchronized void retire() throws IOException {
        retired = true;
        killWithGuard();
    }

    private synchronized void end(NodeLife.End how, List<Long> pids) throws IOException {
        if (pids.isEmpty()) {
            return;
        }
        expectedEnd = how;
        signal("KILL", pids);
        waitFor(TOLD_LIMIT_SECONDS);
        close(System.nanoTime());
    }

    /** TERM, and waits until it has ended; kills it and says so if it does not end in 30 s. */
    public synchronized void tell() throws IOException {
        var pid = pid();
        if (pid.isEmpty()) {
            return;
        }
        expectedEnd = NodeLife.End.TOLD;
        signal("TERM", List.of(pid.get()));
        boolean ended = waitFor(TOLD_LIMIT_SECONDS);
        if (!ended) {
            signal("KILL", List.of(pid.get()));
            waitFor(TOLD_LIMIT_SECONDS);
        }
        close(System.nanoTime());
    }

    private boolean waitFor(long seconds) {
        var waited = process;
        try {
            return waited == null || waited.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends a signal to processes. */
    public static void signal(String signal, List<Long> pids) throws IOException {
        var kill = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> kill.add(Long.toString(pid)));
        Commands.run(kill);
    }

    /** All its lives so far, the present one included. */
    public synchronized List<NodeLife> lives() {
        var lives = new ArrayList<>(ended);
        var now = process;
        if (now != null) {
            lives.add(
                    now.isAlive()
                            ? new NodeLife(
                                    name,
                                    now.pid(),
                                    startNanos,
                                    Long.MAX_VALUE,
                                    NodeLife.End.ALIVE,
                                    OptionalInt.empty())
                            : new NodeLife(
                                    name,
                                    now.pid(),
                                    startNanos,
                                    System.nanoTime(),
                                    NodeLife.End.UNASKED,
                                    OptionalInt.of(now.exitValue())));
        }
        return lives;
    }
}
