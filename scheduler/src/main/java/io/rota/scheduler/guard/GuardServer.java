package io.rota.scheduler.guard;

import io.rota.scheduler.loop.BootClock;
import io.rota.scheduler.loop.Ticker;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard's side of the pipe: starts and owns the task processes of one node, ends exclusive ones when the lease runs
 * out even if the node is frozen, and all of them when the node is gone. The thread that calls {@link #serve} starts the
 * processes and must live as long as the guard. Thread-safe.
 */
public final class GuardServer {
    /** Exclusive processes are killed this long before the lease ends. */
    static final long KILL_MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** The leash waits this long for a guard that says nothing: longer than the node, which can start another guard. */
    static final long LEASH_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Half of that: what the leash needs from its time to the last kill, while the guard has the first half. */
    static final long LEASH_MARGIN_NANOS = KILL_MARGIN_NANOS / 2;

    private static final Logger LOG = LoggerFactory.getLogger(GuardServer.class);
    private static final long WATCH_MILLIS = 50;
    private static final long EXPIRED_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STAMP_MILLIS = 200;
    private static final long LEASH_MILLIS = 100;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Setup setup;
    private final Map<String, Child> children = new ConcurrentHashMap<>();
    // The end of a lease waits for nothing: not for a pipe that nobody reads, a log, or a process that cannot be
    // killed.
    private final Ticker deadline = new Ticker("guard-deadline", 1);
    private final Ticker stamps = new Ticker("guard-stamp", 1);
    private final Ticker leashes = new Ticker("guard-leash", 1);
    private final Ticker timers = new Ticker("guard-timer", 1);
    private volatile long leaseUntilNanos;
    /** The lease's end at which no exclusive process was left. */
    private volatile long seenToNanos;

    private volatile Map<String, String> peers = Map.of();

    /**
     * What a guard works with.
     *
     * @param leaseNanos length of a lease
     * @param list what is started is listed here
     * @param clock monotonic time that goes on while the machine is suspended
     */
    public record Setup(long leaseNanos, ChildList list, LongSupplier clock) {
        public Setup(long leaseNanos, ChildList list) {
            this(leaseNanos, list, BootClock::nanos);
        }
    }

    /**
     * @param fromNode commands; its end means that the node is gone
     * @param toNode reports
     */
    public GuardServer(InputStream fromNode, OutputStream toNode, Setup setup) {
        this.in = new DataInputStream(new BufferedInputStream(fromNode));
        this.out = new DataOutputStream(new BufferedOutputStream(toNode));
        this.setup = setup;
        this.leaseUntilNanos = now();
        this.seenToNanos = leaseUntilNanos;
    }

    /** How serving ended. */
    public enum End {
        /** The node said farewell: it had stopped everything itself. */
        FAREWELL,
        /** The pipe ended: the node is gone or about to go; every process was ended. */
        NODE_GONE,
        /** The pipe ended, and some process could not be ended: no word may be given. */
        NOT_ALL_GONE
    }

    /**
     * Serves until the node is gone; when this returns, no process of the node is left unless it says so.
     *
     * @throws IOException if the leash cannot be started
     */
    public End serve() throws IOException {
        var leash = Leash.isPossible() ? Optional.of(Leash.start(setup.list())) : Optional.<Leash>empty();
        report(new GuardReport.Ready(
                setup.list().head().group().map(Cgroup::toString).orElse("")));
        deadline.every(WATCH_MILLIS, this::endExpired);
        stamps.every(STAMP_MILLIS, this::sendStamp);
        leash.ifPresentOrElse(
                held -> leashes.every(LEASH_MILLIS, () -> hold(held)),
                () -> LOG.warn("no leash: should node and guard be killed at once, tasks may live on"
                        + " remedy=\"install util-linux, coreutils and grep\""));
        boolean farewell = obeyAll();
        List.of(deadline, stamps, timers).forEach(Ticker::close);
        boolean gone = endAll();
        leashes.close();
        leash.filter(held -> gone).ifPresent(Leash::close);
        LOG.info("node ended farewell={} processes_gone={}", farewell, gone);
        if (farewell) {
            return End.FAREWELL;
        }
        return gone ? End.NODE_GONE : End.NOT_ALL_GONE;
    }

    /** The members that are to hear the word, name to peer address. */
    public Map<String, String> peers() {
        return peers;
    }

    private boolean obey(GuardCommand command) {
        if (command instanceof GuardCommand.Start start) {
            start(start);
        } else if (command instanceof GuardCommand.Stop stop) {
            stop(stop);
        } else if (command instanceof GuardCommand.LeaseHeld held) {
            leaseUntilNanos = held.stampNanos() + setup.leaseNanos();
        } else if (command instanceof GuardCommand.Peers update) {
            peers = update.addresses();
        } else {
            return command instanceof GuardCommand.Farewell;
        }
        return false;
    }

    private void start(GuardCommand.Start order) {
        if (order.exclusive() && leaseIsOver()) {
            report(new GuardReport.NotStarted(order.runId(), "the node's lease is over"));
            return;
        }
        try {
            var child = Child.start(order, setup.list());
            children.put(order.runId(), child);
            report(new GuardReport.Started(order.runId(), child.id().pid()));
            daemon(() -> attend(child), "guard-" + child.id().pid()).start();
        } catch (IOException | IllegalArgumentException e) {
            // The second is how Java refuses names and paths that the system could not take: this order's fault alone.
            report(new GuardReport.NotStarted(order.runId(), String.valueOf(e.getMessage())));
        }
    }

    private void attend(Child child) {
        var pump = daemon(
                () -> child.pumpOutput(text -> report(new GuardReport.Output(child.runId(), text))),
                "guard-output-" + child.id().pid());
        pump.start();
        try {
            int code = child.waitUntilGone();
            pump.join(TimeUnit.SECONDS.toMillis(1));
            child.lastWord().ifPresent(text -> report(new GuardReport.Output(child.runId(), text)));
            children.remove(child.runId());
            child.forget(setup.list());
            report(new GuardReport.Ended(child.runId(), code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(GuardCommand.Stop stop) {
        var child = children.get(stop.runId());
        if (child != null) {
            child.terminate();
            timers.after(stop.graceMillis(), () -> killIfStillThere(child));
        }
    }

    /** A run that has ended meanwhile is let be: its process id may belong to a stranger by now. */
    private void killIfStillThere(Child child) {
        if (children.get(child.runId()) == child) {
            // On a thread of its own: what cannot be killed must not keep the next one waiting.
            daemon(child::killUntilGone, "guard-kill-" + child.id().pid()).start();
        }
    }

    private long now() {
        return setup.clock().getAsLong();
    }

    private boolean leaseIsOver() {
        return now() - (leaseUntilNanos - KILL_MARGIN_NANOS) >= 0;
    }

    /** Until the node says farewell (true) or its pipe ends. */
    private boolean obeyAll() {
        try {
            boolean farewell = false;
            while (!farewell) {
                farewell = obey(GuardCodec.readCommand(in));
            }
            return true;
        } catch (IOException e) {
            // The end of the pipe: the node is gone, and nothing may come before the end of its processes.
            return false;
        }
    }

    private void endExpired() {
        long leaseUntil = leaseUntilNanos;
        if (!leaseIsOver()) {
            return;
        }
        var expired = children.values().stream().filter(Child::isExclusive).toList();
        // Seen to, whether or not they can be killed: the leash, which ends the others too, is for a guard that cannot.
        seenToNanos = leaseUntil;
        // All at once, and a limit of its own: what cannot be killed must not keep the next lease's end waiting.
        boolean gone = ProcessTree.killUntilGone(trees(expired), EXPIRED_LIMIT_NANOS);
        if (!expired.isEmpty()) {
            timers.after(
                    0,
                    () -> LOG.warn(
                            "the lease was over: killed gone={} runs={}",
                            gone,
                            expired.stream().map(Child::runId).toList()));
        }
    }

    private boolean endAll() {
        return ProcessTree.killUntilGone(trees(children.values()), Child.KILL_LIMIT_NANOS);
    }

    private static List<ProcessTree> trees(Collection<Child> children) {
        return children.stream().map(Child::tree).toList();
    }

    /** The leash may wait for a while, but not past a lease's end that this guard has not seen to. */
    private void hold(Leash leash) {
        var uptime = BootClock.uptimeNanos();
        long leaseUntil = leaseUntilNanos;
        long left = leaseUntil - LEASH_MARGIN_NANOS - now();
        long wait = leaseUntil == seenToNanos ? LEASH_NANOS : Math.min(LEASH_NANOS, left);
        uptime.ifPresent(now -> leash.holdUntil(now, now + wait));
    }

    private void sendStamp() {
        report(new GuardReport.Stamp(now()));
    }

    private void report(GuardReport report) {
        synchronized (out) {
            try {
                GuardCodec.write(out, report);
            } catch (IOException e) {
                LOG.debug("the node no longer listens: {}", e.toString());
            }
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
