package io.rota.membership.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The core's alarm clock, in awake time (see {@link AwakeClock}). Confined to the protocol thread. Timers of one instant fire in the order
 * in which they were set, so that a run replays exactly. A binary heap in which each timer knows its place, so that one that is cancelled is gone at once
 * and one that comes again and again is set anew without a new object.
 */
final class Timers {

    private static final int LEAST_ROOM = 64;

    private @Nullable Timer[] heap = new Timer[LEAST_ROOM];
    private int size;
    private long nowNanos;
    private long order;

    Timers(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    /** Awake time of the input that is being handled. */
    long now() {
        return nowNanos;
    }

    /** One that is not set yet. */
    Timer timer(Runnable task) {
        return new Timer(task);
    }

    Timer after(long delayNanos, Runnable task) {
        Timer timer = timer(task);
        timer.set(delayNanos);
        return timer;
    }

    /** When the next one is due; {@link Long#MAX_VALUE} when none is set. */
    long nextNanos() {
        return size == 0 ? Long.MAX_VALUE : at(0).atNanos;
    }

    /** Time never goes back. */
    void advanceTo(long awakeNanos) {
        nowNanos = Math.max(nowNanos, awakeNanos);
    }

    /** Fires what is due, including what these set for now. */
    void fireDue() {
        while (nextNanos() <= nowNanos) {
            Timer due = at(0);
            due.cancel();
            due.task.run();
        }
    }

    private Timer at(int place) {
        Timer timer = heap[place];
        if (timer == null) {
            throw new IllegalStateException("no timer at place " + place);
        }
        return timer;
    }

    private void put(Timer timer, int place) {
        heap[place] = timer;
        timer.place = place;
    }

    private void rise(Timer timer, int from) {
        int place = from;
        while (place > 0 && timer.isBefore(at((place - 1) / 2))) {
            put(at((place - 1) / 2), place);
            place = (place - 1) / 2;
        }
        put(timer, place);
    }

    private void sink(Timer timer, int from) {
        int place = from;
        int child = firstChild(place);
        while (child < size && at(child).isBefore(timer)) {
            put(at(child), place);
            place = child;
            child = firstChild(place);
        }
        put(timer, place);
    }

    /** Of the two below that place the one that is due first; beyond the end when there is none. */
    private int firstChild(int place) {
        int left = 2 * place + 1;
        return left + 1 < size && at(left + 1).isBefore(at(left)) ? left + 1 : left;
    }

    /** One alarm, to be set as often as it is needed. */
    final class Timer {

        private static final int NOWHERE = -1;

        private final Runnable task;
        private long atNanos;
        private long orderAmongEquals;
        private int place = NOWHERE;

        private Timer(Runnable task) {
            this.task = task;
        }

        /** It fires after so long, and not when it would have fired before. */
        void set(long delayNanos) {
            cancel();
            atNanos = nowNanos + Math.max(0, delayNanos);
            orderAmongEquals = order++;
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            rise(this, size++);
        }

        /** It will not fire; harmless when it has. */
        void cancel() {
            if (place == NOWHERE) {
                return;
            }
            int gap = place;
            place = NOWHERE;
            Timer last = at(--size);
            heap[size] = null;
            if (last != this) {
                sink(last, gap);
                rise(last, last.place);
            }
        }

        private boolean isBefore(Timer other) {
            return atNanos != other.atNanos ? atNanos < other.atNanos : orderAmongEquals < other.orderAmongEquals;
        }
    }
}
