package io.rota.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code rota} as a process of its own, with what it writes. Confined to the test thread. */
final class RotaProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private RotaProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it in this directory; the class path is that of the tests, the main class that of the JAR. */
    static RotaProcess start(Path dir, String... arguments) throws IOException {
        return startWithLog(dir, Files.createTempFile(dir, "err", ".log"), arguments);
    }

    /** The same, with its log to this file or named pipe. */
    static RotaProcess startWithLog(Path dir, Path err, String... arguments) throws IOException {
        var out = Files.createTempFile(dir, "out", ".log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                .start();
        return new RotaProcess(process, out, err);
    }

    /** Runs it to its end; its exit code. */
    static RotaProcess run(Path dir, String... arguments) throws IOException, InterruptedException {
        var process = start(dir, arguments);
        process.exitCode();
        return process;
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** TERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends a signal by its name, such as {@code HUP}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    long pid() {
        return process.pid();
    }

    /** Process id of the node's guard. */
    long guard() {
        return process.children()
                .filter(child -> child.info().commandLine().orElse("").contains(" guard "))
                .findFirst()
                .map(ProcessHandle::pid)
                .orElseThrow();
    }

    /** KILL. */
    void kill() {
        process.destroyForcibly();
    }

    List<Long> descendants() {
        return process.descendants().map(ProcessHandle::pid).toList();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
}
