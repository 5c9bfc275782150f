package io.rota.scheduler.guard;

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

    /** Sends a signal by its name, STOP or CONT. */
    static void signal(String name, long pid) throws IOException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A process id that belonged to a process which is gone. */
    static long ofSomebodyGone() throws IOException {
        try {
            var process = new ProcessBuilder("/bin/true").start();
            process.waitFor();
            return process.pid();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
