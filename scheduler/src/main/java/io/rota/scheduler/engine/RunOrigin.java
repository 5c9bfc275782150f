package io.rota.scheduler.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run goes back to: an instant of a schedule, or an order of a person or program. Immutable.
 *
 * @param cycle its name, which all runs that follow from it share: the instant, or {@code TASK~KEY} for an order
 * @param bornMillis when it began, epoch milliseconds: the instant itself, or when the order was taken
 * @param params what the order says; empty for an instant
 */
public record RunOrigin(String cycle, long bornMillis, SortedMap<String, String> params) {
    private static final char ORDERED = '~';

    public RunOrigin {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    static RunOrigin instant(long nominalMillis) {
        return new RunOrigin(Instant.ofEpochMilli(nominalMillis).toString(), nominalMillis, new TreeMap<>());
    }

    static RunOrigin order(String task, String key, long takenMillis, SortedMap<String, String> params) {
        return new RunOrigin(task + ORDERED + key, takenMillis, params);
    }

    /** The task that was ordered, if the cycle with this name began with an order. */
    static Optional<String> orderedTask(String cycle) {
        int end = cycle.indexOf(ORDERED);
        return end < 0 ? Optional.empty() : Optional.of(cycle.substring(0, end));
    }

    /** True if somebody has ordered it, or a run that it follows from. */
    boolean isOrder() {
        return cycle.indexOf(ORDERED) >= 0;
    }
}
