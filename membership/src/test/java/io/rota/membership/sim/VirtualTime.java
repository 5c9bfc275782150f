package io.rota.membership.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The virtual clock and everything that is still to happen. Events of one instant happen in the order in which they were planned. */
final class VirtualTime {

    private final PriorityQueue<Planned> queue =
            new PriorityQueue<>(Comparator.comparingLong(Planned::atNanos).thenComparingLong(Planned::order));
    private long nowNanos;
    private long order;

    long nowNanos() {
        return nowNanos;
    }

    void at(long atNanos, Runnable what) {
        queue.add(new Planned(Math.max(atNanos, nowNanos), order++, what));
    }

    void after(long delayNanos, Runnable what) {
        at(nowNanos + delayNanos, what);
    }

    /** Lets time pass up to that instant. */
    void runUntil(long untilNanos) {
        Planned next = queue.peek();
        while (next != null && next.atNanos() <= untilNanos) {
            queue.remove();
            nowNanos = next.atNanos();
            next.what().run();
            next = queue.peek();
        }
        nowNanos = untilNanos;
    }

    private record Planned(long atNanos, long order, Runnable what) {}
}
