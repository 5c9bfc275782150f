package io.rota.membership.net;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by name; names come from code only, so they are few. Thread-safe. */
final class Counters {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String name, long amount) {
        counts.computeIfAbsent(name, unused -> new LongAdder()).add(amount);
    }

    void count(String name) {
        add(name, 1);
    }

    /** A copy, sorted by name. */
    Map<String, Long> snapshot() {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((name, count) -> copy.put(name, count.sum()));
        return copy;
    }
}
