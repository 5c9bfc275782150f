package io.rota.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel itself says about processes, so that the tests need not believe the code they test. */
final class Processes {
    private Processes() {}

    /** True if the process runs or sleeps; a zombie does neither. */
    static boolean isUp(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a signal by its name to all of these in one call. */
    static void signal(String name, long... pids) throws IOException {
        var command = new StringBuilder("kill -" + name);
        for (long pid : pids) {
            command.append(' ').append(pid);
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", command.toString()).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
