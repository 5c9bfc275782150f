package io.rota.scheduler.guard;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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

    private static final Logger LOG = LoggerFactory.getLogger(GuardServer.class);
    private static final long WATCH_MILLIS = 50;
    private static final long EXPIRED_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STAMP_MILLIS = 200;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final long leaseNanos;
    private final Map<String, Child> children = new ConcurrentHashMap<>();
    private final Ticker timers = new Ticker("guard-timer", 3);
    private volatile long leaseUntilNanos = System.nanoTime();
    private volatile Map<String, String> peers = Map.of();

    /**
     * @param fromNode commands; its end means that the node is gone
     * @param toNode reports
     * @param leaseNanos length of a lease
     */
    public GuardServer(InputStream fromNode, OutputStream toNode, long leaseNanos) {
        this.in = new DataInputStream(new BufferedInputStream(fromNode));
        this.out = new DataOutputStream(new BufferedOutputStream(toNode));
        this.leaseNanos = leaseNanos;
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

    /** Serves until the node is gone; when this returns, no process of the node is left unless it says so. */
    public End serve() {
        timers.every(STAMP_MILLIS, this::sendStamp);
        timers.every(WATCH_MILLIS, this::endExpired);
        boolean farewell = obeyAll();
        timers.close();
        boolean gone = endAll();
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
            leaseUntilNanos = held.stampNanos() + leaseNanos;
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
            var child = Child.start(order);
            children.put(order.runId(), child);
            report(new GuardReport.Started(order.runId(), child.pid()));
            daemon(() -> attend(child), "guard-" + child.pid()).start();
        } catch (IOException | IllegalArgumentException e) {
            // The second is how Java refuses names and paths that the system could not take: this order's fault alone.
            report(new GuardReport.NotStarted(order.runId(), String.valueOf(e.getMessage())));
        }
    }

    private void attend(Child child) {
        var pump = daemon(
                () -> child.pumpOutput(text -> report(new GuardReport.Output(child.runId(), text))),
                "guard-output-" + child.pid());
        pump.start();
        try {
            int code = child.waitUntilGone();
            pump.join(TimeUnit.SECONDS.toMillis(1));
            children.remove(child.runId());
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
            child.killUntilGone();
        }
    }

    private boolean leaseIsOver() {
        return System.nanoTime() - (leaseUntilNanos - KILL_MARGIN_NANOS) >= 0;
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
        if (!leaseIsOver()) {
            return;
        }
        var expired = children.values().stream().filter(Child::isExclusive).toList();
        if (!expired.isEmpty()) {
            // All at once, and a limit of its own: what cannot be killed must not keep the next lease's end waiting.
            // The log comes after: whoever reads it may be frozen, and a full pipe would hold the kill.
            ProcessTree.killUntilGone(trees(expired), EXPIRED_LIMIT_NANOS);
            LOG.warn(
                    "the lease was over: killed runs={}",
                    expired.stream().map(Child::runId).toList());
        }
    }

    private boolean endAll() {
        return ProcessTree.killUntilGone(trees(children.values()), Child.KILL_LIMIT_NANOS);
    }

    private static List<ProcessTree> trees(Collection<Child> children) {
        return children.stream().map(Child::tree).toList();
    }

    private void sendStamp() {
        report(new GuardReport.Stamp(System.nanoTime()));
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
