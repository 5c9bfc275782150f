package io.rota.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late a timer of a process that has nothing else to do fires on this machine: what no scheduler here can be
 * better than. Thread-safe.
 */
final class IdleTimer implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<Long> lateNanos = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "idle-timer");
    private volatile boolean closed;

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            long due = System.nanoTime() + PERIOD_NANOS;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            long late = System.nanoTime() - due;
            synchronized (this) {
                lateNanos.add(late);
            }
        }
    }

    /** Lateness that 99 of 100 fires did not exceed, so far, in nanoseconds. */
    synchronized long p99Nanos() {
        var sorted = new ArrayList<>(lateNanos);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }

    @Override
    public void close() {
        closed = true;
    }
}
