package io.rota.torture.handover;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One change of the cluster, from one rest to the next: a part of a step. Immutable.
 *
 * @param what in words
 * @param before owner by task, by the ring at the rest before
 * @param after the same at the rest after it
 * @param bound tasks that not every node may have, since not every node defines them as the file in force does
 */
public record Leg(
        Step step,
        String what,
        long fromNanos,
        long untilNanos,
        Map<String, String> before,
        Map<String, String> after,
        Set<String> bound) {
    public Leg {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
        bound = Set.copyOf(bound);
    }

    /** True if the instant lies in it. */
    public boolean covers(long nanos) {
        return nanos >= fromNanos && nanos <= untilNanos;
    }

    /**
     * The fewest tasks that can move so that each node has as many as the ring gives it in the end: what the nodes gain
     * that gain. For a node that joins it is what that node owns then, for one that goes what it owned. Tasks that are
     * bound are reckoned apart, since no other can take their place; tasks that come or go do not move.
     */
    public int minimum() {
        return gains(true) + gains(false);
    }

    private int gains(boolean ofBound) {
        var stay = new TreeSet<>(before.keySet());
        stay.retainAll(after.keySet());
        var gain = new HashMap<String, Integer>();
        for (var task : stay) {
            if (bound.contains(task) == ofBound) {
                gain.merge(before.getOrDefault(task, ""), -1, Integer::sum);
                gain.merge(after.getOrDefault(task, ""), 1, Integer::sum);
            }
        }
        return gain.values().stream()
                .filter(each -> each > 0)
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How many tasks have another owner in the end: what this ring moves. */
    public int ringMoves() {
        return (int) before.entrySet().stream()
                .filter(entry -> after.containsKey(entry.getKey()))
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .count();
    }
}
