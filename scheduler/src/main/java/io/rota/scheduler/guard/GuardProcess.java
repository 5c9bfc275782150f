package io.rota.scheduler.guard;

import io.rota.scheduler.loop.Ticker;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, ProcessTree> openRuns = new ConcurrentHashMap<>();
    private final Map<String, String> marks = new ConcurrentHashMap<>();
    private final Object pipeLock = new Object();
    private final Ticker watcher = new Ticker("guard-watch", 1);

    private volatile long latestStamp = NO_STAMP;
    private volatile Map<String, String> peers = Map.of();
    private volatile Optional<Cgroup> group = Optional.empty();
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
        var watch = new StampWatch();
        watcher.every(StampWatch.LOOK_MILLIS, () -> look(watch));
    }

    /** A frozen guard can end nothing when the lease is over: it is killed, and the reader starts another. */
    private void look(StampWatch watch) {
        if (watch.isFrozen(latestStamp, System.nanoTime()) && !closing) {
            LOG.error(
                    "guard is frozen, no stamp for {} ms: killing it pid={}",
                    StampWatch.LIMIT_NANOS / 1_000_000,
                    pid());
            latestStamp = NO_STAMP;
            pipe.process().destroyForcibly();
        }
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
            marks.put(order.runId(), order.mark());
            openRuns.put(order.runId(), new ProcessTree(0, order.mark()));
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
                    var report = GuardCodec.readReport(in);
                    guarded(() -> hear(report));
                }
            } catch (IOException e) {
                if (!closing) {
                    replaceGuard();
                }
            }
        }
    }

    /** A listener that fails must lose neither the reports behind this one nor the thread that reads them. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a report of the guard could not be handled", e);
        }
    }

    private void hear(GuardReport report) {
        if (report instanceof GuardReport.Stamp stamp) {
            latestStamp = stamp.nanos();
            return;
        }
        if (report instanceof GuardReport.Ready ready) {
            onReady(ready);
            return;
        }
        if (report instanceof GuardReport.Ended ended) {
            forget(ended.runId());
        } else if (report instanceof GuardReport.NotStarted notStarted) {
            forget(notStarted.runId());
        } else if (report instanceof GuardReport.Started started) {
            // The group is known from now on: it finds a process that has cleared its environment and with it the mark.
            openRuns.computeIfPresent(
                    started.runId(), (runId, tree) -> new ProcessTree(started.pid(), marks.getOrDefault(runId, runId)));
        }
        listener.onReport(report);
    }

    private void onReady(GuardReport.Ready ready) {
        group = ready.group().isEmpty() ? Optional.empty() : Optional.of(new Cgroup(Path.of(ready.group())));
        if (group.isPresent()) {
            LOG.info("task processes are held by=\"a control group for each run\" group={}", ready.group());
        } else {
            LOG.warn("task processes are held by=\"process group and mark\": one that leaves its session and clears its"
                    + " environment escapes remedy=\"cgroup v2 that this user may write: root, or Delegate=yes in the"
                    + " systemd unit\"");
        }
    }

    private void forget(String runId) {
        openRuns.remove(runId);
        marks.remove(runId);
    }

    private void replaceGuard() {
        pipe.process().destroyForcibly();
        var trees = new ArrayList<>(openRuns.values());
        group.ifPresent(all -> trees.add(ProcessTree.grouped(ProcessId.NONE, all)));
        LOG.error("guard died pid={}: ending its {} processes and starting a new one", pid(), trees.size());
        while (!closing && !ProcessTree.killUntilGone(trees, KILL_LIMIT_NANOS)) {
            LOG.error("a process of the dead guard cannot be killed, and no new one is started; a person must look");
        }
        var next = relaunch();
        if (next.isEmpty()) {
            return;
        }
        List<String> lost;
        synchronized (pipeLock) {
            if (closing) {
                next.get().process().destroyForcibly();
                return;
            }
            // Whatever was ordered up to here went to the dead guard; it takes no orders from now on.
            lost = List.copyOf(openRuns.keySet());
            openRuns.clear();
            marks.clear();
            latestStamp = NO_STAMP;
            knowsLease = false;
            group = Optional.empty();
            pipe = next.get();
        }
        peers(peers);
        lost.forEach(runId -> guarded(() -> listener.onGuardLost(runId)));
    }

    /** Tries until it succeeds; empty if this side is closed meanwhile. */
    private Optional<Pipe> relaunch() {
        while (!closing) {
            LockSupport.parkNanos(RELAUNCH_PAUSE_NANOS);
            try {
                return Optional.of(launch());
            } catch (IOException e) {
                LOG.error("guard cannot be started, trying again: {}", e.toString());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        synchronized (pipeLock) {
            closing = true;
            send(new GuardCommand.Farewell());
        }
        watcher.close();
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
