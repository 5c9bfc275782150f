package io.rota.scheduler.arbitration;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Locks inside one process: enough where one arbiter decides alone. Thread-safe. */
public final class LocalTaskLocks implements TaskLocks {
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    @Override
    public <T> Outcome<T> underLock(String task, Duration limit, Supplier<T> decision) {
        var lock = locks.computeIfAbsent(task, name -> new ReentrantLock());
        try {
            if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Outcome.Busy<>();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable<>("interrupted while waiting for the lock");
        }
        try {
            return new Outcome.Decided<>(decision.get());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Status status() {
        return new Status(true, 1);
    }

    @Override
    public void close() {
        locks.clear();
    }
}
