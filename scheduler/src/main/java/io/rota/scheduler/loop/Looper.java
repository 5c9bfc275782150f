package io.rota.scheduler.loop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does one thing after the other and wakes itself when time has work to do. An error in one thing is
 * logged and counted, and the next thing goes on: the loop never dies silently. Its queue is bounded; whoever posts to a
 * full one waits. Thread-safe.
 */
public final class Looper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Looper.class);
    private static final int QUEUE_LIMIT = 10_000;
    private static final int BATCH = 64;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final AtomicLong errors = new AtomicLong();
    private final Clockwork clockwork;
    private final Thread thread;
    private volatile boolean closing;
    private volatile long turnNanos = BootClock.nanos();

    /** What the loop does about time, on {@link BootClock}; both are called on its thread. */
    public interface Clockwork {
        /** When {@link #tick} has work to do. */
        long wakeNanos();

        void tick();
    }

    public Looper(String name, Clockwork clockwork) {
        this.clockwork = clockwork;
        this.thread = new Thread(this::loop, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Has this done on the loop's thread, after all that was posted before. */
    public void post(Runnable work) {
        if (closing) {
            return;
        }
        if (Thread.currentThread() == thread) {
            // The loop never waits for itself: what it posts while its queue is full is done at once.
            if (!queue.offer(work)) {
                guarded(work);
            }
            return;
        }
        try {
            queue.put(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long ago the loop last came round, in nanoseconds: up to a second while it has nothing to do. */
    public long turnAgeNanos() {
        return BootClock.nanos() - turnNanos;
    }

    /** Errors met so far; anything above zero is a defect. */
    public long errors() {
        return errors.get();
    }

    private void loop() {
        while (!closing) {
            try {
                turnNanos = BootClock.nanos();
                long waitNanos = Math.min(LONGEST_WAIT_NANOS, Math.max(0, clockwork.wakeNanos() - BootClock.nanos()));
                var work = queue.poll(waitNanos, TimeUnit.NANOSECONDS);
                var next = work;
                // Several at a time: where each turn of the clock costs more than the pause to the next one, what was
                // posted would starve behind it, one piece a turn.
                for (int i = 1; next != null; i++) {
                    guarded(next);
                    next = i < BATCH ? queue.poll() : null;
                }
                // Also while work keeps coming: a lease does not wait for an empty queue.
                if (work == null || BootClock.nanos() - clockwork.wakeNanos() >= 0) {
                    guarded(clockwork::tick);
                }
            } catch (InterruptedException e) {
                // Only close() interrupts this thread, and it has set the flag before.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // An Error too: a loop that ends silently is worse than one that limps and says so.
            errors.incrementAndGet();
            LOG.error("{} met an error and goes on", thread.getName(), e);
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
