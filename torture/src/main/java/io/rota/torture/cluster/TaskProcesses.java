package io.rota.torture.cluster;

import io.rota.torture.history.Line;
import io.rota.torture.history.Sighting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The processes of tasks, as the process table of the machine shows them: those whose environment names this run. Thread-safe. */
public final class TaskProcesses {
    private static final Path PROC = Path.of("/proc");

    private final String run;

    /** @param run value of TORTURE in their environment */
    public TaskProcesses(String run) {
        this.run = run;
    }

    /** All that live now. */
    public List<Sighting> look() {
        long nanos = System.nanoTime();
        var seen = new ArrayList<Sighting>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                environment(process)
                        .filter(environment -> run.equals(environment.get("TORTURE")))
                        .map(environment -> new Sighting(
                                nanos,
                                Long.parseLong(process.getFileName().toString()),
                                environment.getOrDefault("ROTA_TASK", ""),
                                Line.boot(environment.getOrDefault("ROTA_MARK", ""))))
                        .ifPresent(seen::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no process table", e);
        }
        return seen;
    }

    private static Optional<Map<String, String>> environment(Path process) {
        try {
            var text = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
            return Optional.of(text.lines()
                    .flatMap(line -> Arrays.stream(line.split("\0", -1)))
                    .filter(entry -> entry.indexOf('=') > 0)
                    .collect(Collectors.toMap(
                            entry -> entry.substring(0, entry.indexOf('=')),
                            entry -> entry.substring(entry.indexOf('=') + 1),
                            (first, second) -> first)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Kills them all. */
    public static void kill(List<Sighting> processes) {
        processes.forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }
}
