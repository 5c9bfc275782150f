package io.rota.torture.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command of the system to its end. Thread-safe. */
public final class Commands {
    private static final long LIMIT_SECONDS = 20;

    private Commands() {}

    /**
     * Runs it and answers what it printed.
     *
     * @throws IOException with the command and its words if it ends badly or not within 20 s
     */
    public static String run(List<String> argv) throws IOException {
        return run(argv, "");
    }

    /** The same with a text on its standard input. */
    public static String run(List<String> argv, String input) throws IOException {
        var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", argv) + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", argv) + " was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", argv) + ": exit " + process.exitValue() + " " + said.strip());
        }
        return said;
    }

    /** True if the command runs and ends well. */
    public static boolean works(List<String> argv) {
        try {
            run(argv);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
