package io.rota.scheduler.loop;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does things again and again, or once after a while, on daemon threads of its own. An error is logged and counted, and
 * the next time comes all the same. Thread-safe.
 */
public final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final String name;
    private final ScheduledThreadPoolExecutor threads;
    private final AtomicLong errors = new AtomicLong();

    public Ticker(String name, int threadCount) {
        this.name = name;
        this.threads = new ScheduledThreadPoolExecutor(threadCount, task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
    }

    /** Does this now and again, this long after each end. */
    public void every(long millis, Runnable work) {
        try {
            var unused = threads.scheduleWithFixedDelay(() -> guarded(work), 0, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is closed already", name);
        }
    }

    /** Does this once, after so long. */
    public void after(long millis, Runnable work) {
        try {
            var unused = threads.schedule(() -> guarded(work), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is closed already", name);
        }
    }

    /** Errors met so far; anything above zero is a defect. */
    public long errors() {
        return errors.get();
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // An Error too: a loop that ends silently is worse than one that limps and says so.
            errors.incrementAndGet();
            LOG.error("{} met an error and goes on", name, e);
        }
    }

    /** Ends it; what is under way is interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
