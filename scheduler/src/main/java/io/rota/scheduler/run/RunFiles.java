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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node keeps of its runs on disk: the output of each task in {@code logs/TASK.log} and every state of every run in
 * {@code runs.log}, one line each. A file that reaches its limit is renamed to {@code .1} and begun anew. A full or
 * broken disk costs the lines, never the run: it is logged once a minute. Thread-safe.
 */
public final class RunFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);
    private static final long FILE_LIMIT_BYTES = 1 << 20;
    private static final long COMPLAIN_NANOS = 60_000_000_000L;

    private final Path logs;
    private final Path states;
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
        append(logs.resolve(task + ".log"), text);
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
        append(states, line.append('\n').toString());
    }

    private synchronized void append(Path file, String text) {
        try {
            if (Files.exists(file) && Files.size(file) > FILE_LIMIT_BYTES) {
                Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            if (System.nanoTime() - complainedNanos >= COMPLAIN_NANOS) {
                complainedNanos = System.nanoTime();
                LOG.error("cannot write {}: {}; lines are lost until there is room", file, e.toString());
            }
        }
    }
}
