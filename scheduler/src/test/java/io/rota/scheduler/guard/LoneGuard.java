package io.rota.scheduler.guard;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A guard in a JVM of its own whose node does nothing for it: neither notices that it dies nor reads more than is
 * needed. Thread-safe.
 */
final class LoneGuard implements AutoCloseable {
    private final Process process;
    private final DataOutputStream out;
    private final HeardReports heard = new HeardReports();
    private final CompletableFuture<GuardReport.Ready> ready = new CompletableFuture<>();
    private volatile long latestStamp = Guard.NO_STAMP;

    LoneGuard(Duration lease, Path dir, String boot, long nodePid, Hold hold) throws IOException {
        process = new ProcessBuilder(GuardMain.command(lease, dir, boot, nodePid, hold))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = new DataOutputStream(process.getOutputStream());
        var listener = new Thread(this::listen, "lone-guard");
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        var in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        try {
            while (true) {
                hear(GuardCodec.readReport(in));
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    private void hear(GuardReport report) {
        if (report instanceof GuardReport.Ready isReady) {
            ready.complete(isReady);
        } else if (report instanceof GuardReport.Stamp stamp) {
            latestStamp = stamp.nanos();
        } else {
            heard.onReport(report);
        }
    }

    HeardReports heard() {
        return heard;
    }

    /** Waits until it takes orders. */
    GuardReport.Ready awaitReady() {
        return ready.orTimeout(HeardReports.WAIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    void send(GuardCommand command) throws IOException {
        GuardCodec.write(out, command);
    }

    /** A lease from the latest stamp on. */
    void grantLease() throws IOException {
        org.awaitility.Awaitility.await().atMost(HeardReports.WAIT).until(() -> latestStamp != Guard.NO_STAMP);
        send(new GuardCommand.LeaseHeld(latestStamp));
    }

    long pid() {
        return process.pid();
    }

    /** The shell process that ends the tasks without it. */
    long leash() {
        return process.children()
                .filter(child -> child.info().commandLine().orElse("").contains("rota-leash"))
                .findFirst()
                .map(ProcessHandle::pid)
                .orElseThrow();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        out.close();
        process.destroyForcibly();
    }
}
