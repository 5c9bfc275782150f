package io.rota.scheduler.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * When each task wants to be looked at, in order of time: finding the next one costs nothing, moving one costs the
 * logarithm of their number. Confined to the engine's thread.
 */
final class Timers {
    private final TreeSet<Timer> inOrder =
            new TreeSet<>(Comparator.comparingLong(Timer::nanos).thenComparing(Timer::task));
    private final Map<String, Timer> byTask = new HashMap<>();

    private record Timer(long nanos, String task) {}

    /** Sets the only timer of this task; {@link Long#MAX_VALUE} for none. */
    void set(String task, long nanos) {
        var old = byTask.get(task);
        if (old != null && old.nanos() == nanos) {
            return;
        }
        if (old != null) {
            inOrder.remove(old);
            byTask.remove(task);
        }
        if (nanos != Long.MAX_VALUE) {
            var timer = new Timer(nanos, task);
            inOrder.add(timer);
            byTask.put(task, timer);
        }
    }

    /** Takes out the tasks whose time has come, earliest first. */
    List<String> takeDue(long nowNanos) {
        var due = new ArrayList<String>();
        while (!inOrder.isEmpty() && inOrder.first().nanos() <= nowNanos) {
            var timer = inOrder.pollFirst();
            byTask.remove(timer.task());
            due.add(timer.task());
        }
        return due;
    }

    /** The earliest time, {@link Long#MAX_VALUE} if there is none. */
    long firstNanos() {
        return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.first().nanos();
    }
}
