package io.rota.torture.cluster;

import io.rota.torture.history.Line;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the witness as it grows and keeps all of it. Thread-safe. */
public final class WitnessTail {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Map<String, Line>> latestByTask = new TreeMap<>();
    private long offset;
    private int torn;

    /** Reads that file, from its beginning. */
    public WitnessTail(Path file) {
        this.file = file;
    }

    private synchronized void advance() throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var chunk = new byte[CHUNK_BYTES];
            while (true) {
                in.seek(offset);
                int read = in.read(chunk);
                int end = read;
                while (end > 0 && chunk[end - 1] != '\n') {
                    end--;
                }
                if (end <= 0) {
                    return;
                }
                offset += end;
                new String(chunk, 0, end, StandardCharsets.UTF_8).lines().forEach(this::take);
            }
        }
    }

    private void take(String text) {
        Line.parse(text)
                .ifPresentOrElse(
                        line -> {
                            lines.add(line);
                            latestByTask
                                    .computeIfAbsent(line.task(), task -> new TreeMap<>())
                                    .put(line.runKey(), line);
                        },
                        () -> torn++);
    }

    /** All lines up to now. */
    public synchronized List<Line> lines() throws IOException {
        advance();
        return List.copyOf(lines);
    }

    /** The latest line of each run of a task that wrote since that time. */
    public synchronized List<Line> freshOf(String task, long sinceNanos) throws IOException {
        advance();
        var latest = latestByTask.computeIfAbsent(task, name -> new TreeMap<>());
        latest.values().removeIf(line -> line.atNanos() < sinceNanos);
        return List.copyOf(latest.values());
    }

    /** Which nodes wrote for a task since that time, by task; tasks for which none wrote are left out. */
    public synchronized Map<String, Set<String>> freshNodes(long sinceNanos) throws IOException {
        advance();
        var nodes = new TreeMap<String, Set<String>>();
        latestByTask.forEach((task, runs) -> runs.values().stream()
                .filter(line -> line.atNanos() >= sinceNanos)
                .forEach(line ->
                        nodes.computeIfAbsent(task, name -> new TreeSet<>()).add(line.node())));
        return nodes;
    }

    /** Lines that could not be read. */
    public synchronized int torn() {
        return torn;
    }
}
