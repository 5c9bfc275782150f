package io.rota.scheduler.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small shell process that ends every task process of the node should the guard itself be killed or frozen: the guard
 * tells it again and again until when to wait for the next word. Confined to one thread, except {@link #close}.
 */
final class Leash implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leash.class);
    private static final List<String> TOOLS = List.of("timeout", "dd", "cat", "grep", "tr", "sleep");
    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long URGENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long TRIAL_SECONDS = 3;
    private static final int RECORD_BYTES = 16;
    private static final String SCRIPT = script();

    private final ChildList list;
    private volatile Process process;
    private long toldNanos;
    private volatile boolean closed;

    private Leash(ChildList list, Process process) {
        this.list = list;
        this.process = process;
    }

    /** True if this machine has what a leash needs. */
    static boolean isPossible() {
        return ProcessTree.canProve()
                && TOOLS.stream().allMatch(tool -> Programs.find(tool).isPresent())
                && toolsFit();
    }

    /** Small systems have tools of these names that know neither fractions of a second nor a read that does not wait. */
    private static boolean toolsFit() {
        try {
            var trial = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "dd if=/dev/null iflag=nonblock bs=16 count=1 && { timeout 0.05 sleep 5; [ $? = 124 ]; }")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Leash start(ChildList list) throws IOException {
        return new Leash(list, launch(list));
    }

    private static Process launch(ChildList list) throws IOException {
        var head = list.head();
        var process = new ProcessBuilder(Programs.inOwnSession(List.of(
                        "/bin/sh",
                        "-c",
                        SCRIPT,
                        "rota-leash",
                        list.dir().toAbsolutePath().toString(),
                        head.group().map(Cgroup::toString).orElse(""),
                        head.mark())))
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            list.leash(ProcessId.of(process.pid()));
        } catch (IOException | RuntimeException e) {
            // One that no list tells of, and nobody talks to, would end healthy tasks.
            process.destroyForcibly();
            throw e;
        }
        return process;
    }

    /**
     * Have it wait until then, both on the machine's uptime; told only what changes something, since each word costs it
     * two small processes. A leash that was killed is replaced.
     */
    void holdUntil(long nowNanos, long untilNanos) {
        if (!process.isAlive() && !closed) {
            replace();
        } else if (untilNanos < toldNanos
                || untilNanos - toldNanos >= STEP_NANOS
                || (untilNanos > toldNanos && toldNanos - nowNanos < URGENT_NANOS)) {
            toldNanos = untilNanos;
            tell(untilNanos);
        }
    }

    private void replace() {
        LOG.error("the leash of the tasks is gone: starting another pid={}", process.pid());
        try {
            process = launch(list);
            toldNanos = 0;
        } catch (IOException e) {
            LOG.error("no leash can be started, trying again: {}", e.toString());
        }
    }

    private void tell(long uptimeNanos) {
        try {
            var record = String.format("%" + (RECORD_BYTES - 1) + "d\n", uptimeNanos / 10_000_000L);
            process.getOutputStream().write(record.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // The next call finds it gone.
            LOG.debug("the leash does not listen: {}", e.toString());
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it without harm to anybody; to be called when no task process is left. */
    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
    }

    private static String script() {
        try (var in = Objects.requireNonNull(Leash.class.getResourceAsStream("leash.sh"), "leash.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
