package io.rota.scheduler.runner;

import io.rota.scheduler.engine.RunEvent;
import io.rota.scheduler.loop.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs on threads of the node's JVM, each on a fresh one, so that nothing of a run (thread-locals, interrupts) reaches the
 * next; at most so many at once. What does not fit waits, first come, first served; what has waited too long, or meets a
 * full queue, is reported as not started. Nothing here blocks the caller. Thread-safe.
 */
public final class RunThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunThreads.class);

    private final String name;
    private final Limits limits;
    private final Listener listener;
    private final Semaphore free;
    private final BlockingQueue<Entry> queue;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Ticker graces;
    private final Thread dispatcher;
    private volatile boolean closing;

    /**
     * How much goes on at once.
     *
     * @param threads most runs at once
     * @param waiting most runs that wait for a thread
     * @param longestWait a run that has waited for so long is given up
     */
    public record Limits(int threads, int waiting, Duration longestWait) {}

    /** Hears what becomes of the runs, on their threads. */
    public interface Listener {
        void onRunEvent(RunEvent event);

        void onOutput(String runId, String text);
    }

    private enum Stage {
        WAITING,
        RUNNING,
        OVER
    }

    /** One run, from its order to its end. */
    private final class Entry implements RunBody.Line {
        private final String runId;
        private final RunBody body;
        private final long orderedNanos = System.nanoTime();
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
        private final Object interrupting = new Object();
        private @Nullable Thread thread;
        private boolean stopAsked;
        private volatile boolean deaf;

        Entry(String runId, RunBody body) {
            this.runId = runId;
            this.body = body;
        }

        void run() {
            synchronized (interrupting) {
                thread = Thread.currentThread();
                if (stopAsked) {
                    thread.interrupt();
                }
            }
            listener.onRunEvent(new RunEvent.Started(runId, 0));
            RunBody.Outcome outcome;
            try {
                outcome = body.call(this);
            } catch (InterruptedException e) {
                outcome = new RunBody.Outcome(RunBody.STOPPED, "interrupted");
            } catch (Throwable e) {
                // Whatever is thrown, an Error of a plug-in included, fails this run and nothing else.
                LOG.warn("run={} failed with an error of the runner: {}", runId, e.toString());
                outcome = RunBody.Outcome.failed(e.toString());
            }
            synchronized (interrupting) {
                // From here on nobody interrupts this thread: the report below goes out whole.
                thread = null;
            }
            Thread.interrupted();
            entries.remove(runId, this);
            stage.set(Stage.OVER);
            listener.onRunEvent(new RunEvent.Ended(runId, outcome.exitCode(), outcome.reason()));
        }

        @Override
        public void output(String text) {
            listener.onOutput(runId, text);
        }

        @Override
        public boolean isStopAsked() {
            synchronized (interrupting) {
                return stopAsked;
            }
        }

        void interrupt() {
            synchronized (interrupting) {
                stopAsked = true;
                if (thread != null) {
                    thread.interrupt();
                }
            }
        }

        /** True for the one who may end a run that has not begun. */
        boolean leaveQueue(Stage next) {
            return stage.compareAndSet(Stage.WAITING, next);
        }

        void notStarted(String why) {
            entries.remove(runId, this);
            listener.onRunEvent(new RunEvent.NotStarted(runId, why));
        }
    }

    /** @param name what runs here, in the plural: {@code http-calls} */
    public RunThreads(String name, Limits limits, Listener listener) {
        this.name = name;
        this.limits = limits;
        this.listener = listener;
        this.free = new Semaphore(limits.threads());
        this.queue = new ArrayBlockingQueue<>(limits.waiting());
        this.graces = new Ticker(name + "-stops", 1);
        this.dispatcher = daemon(this::dispatch, name);
        dispatcher.start();
    }

    /** Begins a run as soon as a thread is free; answered by an event. */
    public void start(String runId, RunBody body) {
        var entry = new Entry(runId, body);
        entries.put(runId, entry);
        if (closing || !queue.offer(entry)) {
            entry.notStarted(closing ? "the node stops" : limits.waiting() + " runs wait for a thread already");
        }
    }

    /** Interrupts a run; one that goes on after the grace is reported as not stopped. */
    public void stop(String runId, Duration grace) {
        var entry = entries.get(runId);
        if (entry == null) {
            return;
        }
        if (entry.leaveQueue(Stage.OVER)) {
            entries.remove(runId, entry);
            listener.onRunEvent(new RunEvent.Ended(runId, RunBody.STOPPED, "it had not begun"));
            return;
        }
        entry.interrupt();
        graces.after(grace.toMillis(), () -> complainIfStillThere(entry, grace));
    }

    private void complainIfStillThere(Entry entry, Duration grace) {
        if (entries.get(entry.runId) == entry) {
            entry.deaf = true;
            LOG.error("run={} goes on although it was interrupted: only the end of this node ends it", entry.runId);
            listener.onRunEvent(new RunEvent.NotStopped(
                    entry.runId,
                    "it ignores the interrupt, " + grace.toMillis() + " ms of grace are over;"
                            + " no other node starts it while this one lives"));
            entry.interrupt();
        }
    }

    /** Runs that go on although they were interrupted and their grace is over. */
    public int deaf() {
        return (int) entries.values().stream().filter(entry -> entry.deaf).count();
    }

    /** Runs that have begun or wait. */
    int open() {
        return entries.size();
    }

    // ---- the one thread that hands out threads

    private void dispatch() {
        while (!closing) {
            try {
                dispatch(queue.take());
            } catch (InterruptedException e) {
                // Only close() interrupts this thread, and it has set the flag before.
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("{} met an error and goes on", name, e);
            }
        }
    }

    private void dispatch(Entry entry) throws InterruptedException {
        long waited = System.nanoTime() - entry.orderedNanos;
        long left = Math.max(0, limits.longestWait().toNanos() - waited);
        if (!free.tryAcquire(left, TimeUnit.NANOSECONDS)) {
            if (entry.leaveQueue(Stage.OVER)) {
                entry.notStarted("no thread was free for "
                        + limits.longestWait().toSeconds() + " s, all " + limits.threads() + " are busy");
            }
            return;
        }
        if (!entry.leaveQueue(Stage.RUNNING)) {
            free.release();
            return;
        }
        try {
            daemon(() -> runAndFree(entry), "run-" + entry.runId).start();
        } catch (OutOfMemoryError e) {
            // The system has no thread left for us: this run's misfortune, and no reason to end the node.
            free.release();
            entry.notStarted("the system has no thread left: " + e.getMessage());
        }
    }

    private void runAndFree(Entry entry) {
        try {
            entry.run();
        } finally {
            free.release();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts nothing more and interrupts what is under way. */
    @Override
    public void close() {
        closing = true;
        dispatcher.interrupt();
        graces.close();
        entries.values().forEach(Entry::interrupt);
    }
}
