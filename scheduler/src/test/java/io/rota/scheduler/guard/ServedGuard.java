package io.rota.scheduler.guard;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link GuardServer} in a thread of this JVM, driven over real pipes. Thread-safe. */
final class ServedGuard implements AutoCloseable {
    private final Pipe commands = Pipe.open();
    private final Pipe reports = Pipe.open();
    private final DataOutputStream out = new DataOutputStream(Channels.newOutputStream(commands.sink()));
    private final HeardReports heard = new HeardReports();
    private final CompletableFuture<GuardServer.End> end = new CompletableFuture<>();
    private volatile long latestStamp = Guard.NO_STAMP;

    private final AtomicLong suspendedNanos = new AtomicLong();
    private final Semaphore reading = new Semaphore(1);
    private final ChildList list;

    ServedGuard(Duration lease, Hold hold) throws IOException {
        list = ChildList.open(
                Files.createTempDirectory("guard"),
                GuardMain.NODE,
                "1",
                ProcessId.of(ProcessHandle.current().pid()),
                hold.parents());
        var server = new GuardServer(
                Channels.newInputStream(commands.source()),
                Channels.newOutputStream(reports.sink()),
                new GuardServer.Setup(lease.toNanos(), list, () -> System.nanoTime() + suspendedNanos.get()));
        daemon(() -> serve(server), "served-guard");
        daemon(this::listen, "served-guard-reports");
    }

    private void serve(GuardServer server) {
        try {
            end.complete(server.serve());
        } catch (IOException e) {
            end.completeExceptionally(e);
        }
    }

    /** The machine was suspended for so long. */
    void suspend(Duration time) {
        suspendedNanos.addAndGet(time.toNanos());
    }

    /** The node is frozen: the pipe of the reports fills up. */
    void stopReading() {
        reading.acquireUninterruptibly();
    }

    void readOn() {
        reading.release();
    }

    private static void daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(reports.source())));
        while (true) {
            try {
                // Nobody reads while a test holds this.
                reading.acquireUninterruptibly();
                reading.release();
                var report = GuardCodec.readReport(in);
                if (report instanceof GuardReport.Stamp stamp) {
                    latestStamp = stamp.nanos();
                } else {
                    heard.onReport(report);
                }
            } catch (IOException e) {
                // The test has closed the pipe and listens no more.
                return;
            }
        }
    }

    HeardReports heard() {
        return heard;
    }

    /** Completed when the server has returned. */
    CompletableFuture<GuardServer.End> end() {
        return end;
    }

    void send(GuardCommand command) {
        try {
            GuardCodec.write(out, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that a renewal begun after the latest stamp was granted; returns that stamp. */
    long grantLease() {
        await().atMost(HeardReports.WAIT).until(() -> latestStamp != Guard.NO_STAMP);
        long stamp = latestStamp;
        send(new GuardCommand.LeaseHeld(stamp));
        return stamp;
    }

    /** The node is gone: the guard hears nothing more. */
    void endPipe() throws IOException {
        commands.sink().close();
    }

    @Override
    public void close() throws IOException {
        endPipe();
        end.join();
        reports.sink().close();
        reports.source().close();
        commands.source().close();
        list.close();
    }
}
