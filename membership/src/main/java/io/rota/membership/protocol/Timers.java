package io.rota.membership.protocol;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The core's alarm clock, in awake time (see {@link AwakeClock}). Confined to the protocol thread. Timers of one instant fire in the order
 * in which they were set, so that a run replays exactly.
 */
final class Timers {

    private final PriorityQueue<Timer> queue = new PriorityQueue<>(
            Comparator.<Timer>comparingLong(timer -> timer.atNanos).thenComparingLong(timer -> timer.order));
    private long nowNanos;
    private long order;

    Timers(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    /** Awake time of the input that is being handled. */
    long now() {
        return nowNanos;
    }

    Timer after(long delayNanos, Runnable task) {
        Timer timer = new Timer(nowNanos + Math.max(0, delayNanos), order++, task);
        queue.add(timer);
        return timer;
    }

    /** When the next one is due; {@link Long#MAX_VALUE} when none is set. */
    long nextNanos() {
        Timer head = queue.peek();
        while (head != null && head.cancelled) {
            queue.poll();
            head = queue.peek();
        }
        return head == null ? Long.MAX_VALUE : head.atNanos;
    }

    /** Time never goes back. */
    void advanceTo(long awakeNanos) {
        nowNanos = Math.max(nowNanos, awakeNanos);
    }

    /** Fires what is due, including what these set for now. */
    void fireDue() {
        while (nextNanos() <= nowNanos) {
            Timer due = queue.remove();
            due.cancelled = true;
            due.task.run();
        }
    }

    /** One alarm. */
    static final class Timer {
        private final long atNanos;
        private final long order;
        private final Runnable task;
        private boolean cancelled;

        private Timer(long atNanos, long order, Runnable task) {
            this.atNanos = atNanos;
            this.order = order;
            this.task = task;
        }

        /** It will not fire; harmless when it has. */
        void cancel() {
            cancelled = true;
        }
    }
}
