package io.rota.scheduler.guard;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's side of the pipe: launches the guard's JVM, and launches it again should it die, but only after every
 * process of the dead one is gone. Thread-safe.
 */
public final class GuardProcess implements Guard {
    private static final Logger LOG = LoggerFactory.getLogger(GuardProcess.class);
    private static final long RELAUNCH_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long KILL_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long EXIT_LIMIT_SECONDS = 5;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Listener listener;
    private final Map<String, String> openRuns = new ConcurrentHashMap<>();
    private final Object pipeLock = new Object();

    private volatile long latestStamp = NO_STAMP;
    private volatile Map<String, String> peers = Map.of();
    private volatile boolean knowsLease;
    private volatile boolean closing;
    private volatile Pipe pipe;

    private record Pipe(Process process, DataOutputStream out) {}

    /**
     * Launches the guard.
     *
     * @param command argv of the guard's JVM
     * @param environment added to the guard's environment; what must not stand in argv
     * @throws IOException if the JVM cannot be launched
     */
    public GuardProcess(List<String> command, Map<String, String> environment, Listener listener) throws IOException {
        this.command = Programs.inOwnSession(command);
        this.environment = Map.copyOf(environment);
        this.listener = listener;
        this.pipe = launch();
        var reader = new Thread(this::readReports, "guard-pipe");
        reader.setDaemon(true);
        reader.start();
    }

    private Pipe launch() throws IOException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        var process = builder.start();
        LOG.info("guard started pid={}", process.pid());
        return new Pipe(process, new DataOutputStream(new BufferedOutputStream(process.getOutputStream())));
    }

    /** Process id of the guard. */
    public long pid() {
        return pipe.process().pid();
    }

    @Override
    public void start(GuardCommand.Start order) {
        synchronized (pipeLock) {
            openRuns.put(order.runId(), order.mark());
            send(order);
        }
    }

    @Override
    public void stop(String runId, long graceMillis) {
        send(new GuardCommand.Stop(runId, graceMillis));
    }

    @Override
    public long latestStamp() {
        return latestStamp;
    }

    @Override
    public void leaseHeld(long stampNanos) {
        synchronized (pipeLock) {
            knowsLease = latestStamp != NO_STAMP;
            send(new GuardCommand.LeaseHeld(stampNanos));
        }
    }

    @Override
    public boolean knowsLease() {
        return knowsLease;
    }

    @Override
    public void peers(Map<String, String> addresses) {
        peers = Map.copyOf(addresses);
        send(new GuardCommand.Peers(addresses));
    }

    private void send(GuardCommand command) {
        synchronized (pipeLock) {
            try {
                GuardCodec.write(pipe.out(), command);
            } catch (IOException e) {
                // The reader sees the end of the pipe too and reports every open run as lost.
                LOG.debug("guard does not take commands: {}", e.toString());
            }
        }
    }

    private void readReports() {
        while (!closing) {
            var in = new DataInputStream(new BufferedInputStream(pipe.process().getInputStream()));
            try {
                while (true) {
                    hear(GuardCodec.readReport(in));
                }
            } catch (IOException e) {
                if (!closing) {
                    replaceGuard();
                }
            } catch (RuntimeException e) {
                LOG.error("a report of the guard could not be handled", e);
            }
        }
    }

    private void hear(GuardReport report) {
        if (report instanceof GuardReport.Stamp stamp) {
            latestStamp = stamp.nanos();
            return;
        }
        if (report instanceof GuardReport.Ended ended) {
            openRuns.remove(ended.runId());
        } else if (report instanceof GuardReport.NotStarted notStarted) {
            openRuns.remove(notStarted.runId());
        }
        listener.onReport(report);
    }

    private void replaceGuard() {
        LOG.error("guard died pid={}: ending its {} processes and starting a new one", pid(), openRuns.size());
        pipe.process().destroyForcibly();
        openRuns.forEach((runId, mark) -> {
            if (!new ProcessTree(0, mark).killUntilGone(KILL_LIMIT_NANOS)) {
                LOG.error("a process of run={} cannot be killed; a person must look", runId);
            }
        });
        var next = relaunch();
        List<String> lost;
        synchronized (pipeLock) {
            // Whatever was ordered up to here went to the dead guard; it takes no orders from now on.
            lost = List.copyOf(openRuns.keySet());
            openRuns.clear();
            latestStamp = NO_STAMP;
            knowsLease = false;
            pipe = next;
        }
        peers(peers);
        lost.forEach(listener::onGuardLost);
    }

    private Pipe relaunch() {
        while (true) {
            LockSupport.parkNanos(RELAUNCH_PAUSE_NANOS);
            try {
                return launch();
            } catch (IOException e) {
                LOG.error("guard cannot be started, trying again: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        send(new GuardCommand.Farewell());
        try {
            if (!pipe.process().waitFor(EXIT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("guard did not end in {} s: killing it", EXIT_LIMIT_SECONDS);
                pipe.process().destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
