package io.rota.scheduler.hazelcast;

import com.hazelcast.cp.lock.FencedLock;
import io.rota.scheduler.arbitration.TaskLocks;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns the locks of some tasks. After any failed call the lock may be held all the same (a phantom: the
 * request was committed after the caller had its exception), so the thread asks before the next use and lets go. Its
 * queue is bounded; a full one refuses.
 */
final class LockLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockLane.class);
    private static final int QUEUE_LIMIT = 256;

    private final ThreadPoolExecutor thread;
    // Confined to the lane's thread.
    private final Set<String> doubtful = new HashSet<>();

    LockLane(String name) {
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_LIMIT), task -> {
            var made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** False if the lane is full or closed. */
    boolean offer(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Runs the work while holding the lock; on the lane's thread only. */
    <T> TaskLocks.Outcome<T> locked(Supplier<FencedLock> source, Duration limit, Supplier<TaskLocks.Outcome<T>> work) {
        var lock = source.get();
        settle(lock);
        doubtful.add(lock.getName());
        boolean held = lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        doubtful.remove(lock.getName());
        if (!held) {
            return new TaskLocks.Outcome.Busy<>();
        }
        try {
            return work.get();
        } finally {
            release(lock);
        }
    }

    private void settle(FencedLock lock) {
        if (doubtful.contains(lock.getName())) {
            if (lock.isLockedByCurrentThread()) {
                LOG.warn("letting go of a phantom lock name={}", lock.getName());
                lock.unlock();
            }
            doubtful.remove(lock.getName());
        }
    }

    private void release(FencedLock lock) {
        doubtful.add(lock.getName());
        try {
            lock.unlock();
            doubtful.remove(lock.getName());
        } catch (RuntimeException e) {
            // The decision stands, since the books carry it; the lock is settled before its next use.
            LOG.warn("lock could not be let go name={} cause={}", lock.getName(), e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
