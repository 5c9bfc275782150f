package io.rota.scheduler.run;

import io.rota.scheduler.engine.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node keeps of its runs on disk: the output of each task in {@code logs/TASK.log} and every state of every run in
 * {@code runs.log}, one line each. A file that reaches its limit is renamed to {@code .1} and begun anew. A full or
 * slow or broken disk costs the lines, never the run: one thread writes, its queue is bounded, what does not fit is lost,
 * and that is logged once a minute. Thread-safe.
 */
public final class RunFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);
    private static final long FILE_LIMIT_BYTES = 1 << 20;
    private static final int QUEUE_LIMIT = 10_000;
    private static final long CLOSE_SECONDS = 2;
    private static final long COMPLAIN_NANOS = 60_000_000_000L;

    private final Path logs;
    private final Path states;
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_LIMIT), task -> {
                var thread = new Thread(task, "run-files");
                thread.setDaemon(true);
                return thread;
            });
    private long complainedNanos = System.nanoTime() - COMPLAIN_NANOS;

    /**
     * @param dataDir made if missing
     * @throws UncheckedIOException if it cannot be made
     */
    public RunFiles(Path dataDir) {
        logs = dataDir.resolve("logs");
        states = dataDir.resolve("runs.log");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory " + logs, e);
        }
    }

    void output(String task, String text) {
        later(logs.resolve(task + ".log"), text);
    }

    void state(Run run) {
        var line = new StringBuilder()
                .append(Instant.now())
                .append(" run=")
                .append(run.id())
                .append(" state=")
                .append(run.state());
        if (run.fencingToken().isPresent()) {
            line.append(" token=").append(run.token());
        }
        if (run.pid() != 0) {
            line.append(" pid=").append(run.pid());
        }
        if (run.exit().isPresent()) {
            line.append(" exit=").append(run.exitCode());
        }
        if (!run.reason().isEmpty()) {
            line.append(" reason=\"").append(run.reason().replace('"', '\'')).append('"');
        }
        later(states, line.append('\n').toString());
    }

    private void later(Path file, String text) {
        try {
            writer.execute(() -> append(file, text));
        } catch (RejectedExecutionException e) {
            complain(file, "the disk is too slow");
        }
    }

    /** Writes what waits, for at most two seconds. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(Path file, String text) {
        try {
            if (Files.exists(file) && Files.size(file) > FILE_LIMIT_BYTES) {
                Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            complain(file, e.toString());
        }
    }

    private synchronized void complain(Path file, String why) {
        if (System.nanoTime() - complainedNanos >= COMPLAIN_NANOS) {
            complainedNanos = System.nanoTime();
            LOG.error("cannot write {}: {}; lines are lost until that is over", file, why);
        }
    }
}
