package io.rota.torture.inject;

import io.rota.torture.net.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The limit on open files of a running process: lowered to what it has open, and raised again. */
final class OpenFiles {
    private OpenFiles() {}

    static void exhaust(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            limit(pid, Long.toString(open.count()));
        }
    }

    static void restore(long pid) throws IOException {
        var limits = Files.readAllLines(Path.of("/proc/" + pid + "/limits"));
        var hard = limits.stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.trim().split("\\s+", -1)[4])
                .findFirst()
                .orElseThrow(() -> new IOException("no limit of open files for " + pid));
        limit(pid, hard);
    }

    private static void limit(long pid, String soft) throws IOException {
        Commands.run(List.of("prlimit", "--pid", Long.toString(pid), "--nofile=" + soft + ":"));
    }
}
