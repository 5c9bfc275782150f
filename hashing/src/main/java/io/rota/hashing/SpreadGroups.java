package io.rota.hashing;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which node already holds a member of which spread group, and the first-pass rule: such a node refuses a second member,
 * and of two that ask in one round the nearer wins, then the smaller id. Confined to one matching.
 */
final class SpreadGroups {
    private final SortedTasks tasks;
    private final Set<Long> held = new HashSet<>();

    SpreadGroups(SortedTasks tasks) {
        this.tasks = tasks;
    }

    boolean isEmpty() {
        return !tasks.traits().hasGroups();
    }

    /** The proposals that the rule refuses. */
    BitSet refused(Proposals proposals, Tokens tokens) {
        BitSet refused = new BitSet();
        Map<Long, Integer> nearest = new HashMap<>();
        for (int i = 0; i < proposals.size(); i++) {
            int group = tasks.traits().groupOf(proposals.tasks()[i]);
            if (group == 0) {
                continue;
            }
            long key = key(tokens.nodes()[proposals.tokens()[i]], group);
            if (held.contains(key)) {
                refused.set(i);
                continue;
            }
            Integer rival = nearest.putIfAbsent(key, i);
            if (rival != null) {
                boolean wins = isNearer(proposals, tokens, i, rival);
                refused.set(wins ? rival : i);
                if (wins) {
                    nearest.put(key, i);
                }
            }
        }
        return refused;
    }

    void hold(int task, int node) {
        int group = tasks.traits().groupOf(task);
        if (group != 0) {
            held.add(key(node, group));
        }
    }

    boolean isHeld(int task, int node) {
        int group = tasks.traits().groupOf(task);
        return group != 0 && held.contains(key(node, group));
    }

    private boolean isNearer(Proposals proposals, Tokens tokens, int a, int b) {
        int taskA = proposals.tasks()[a];
        int taskB = proposals.tasks()[b];
        long distanceA = tokens.distance(tasks.position(taskA), proposals.tokens()[a]);
        long distanceB = tokens.distance(tasks.position(taskB), proposals.tokens()[b]);
        int order = Long.compareUnsigned(distanceA, distanceB);
        return order < 0 || (order == 0 && tasks.id(taskA).compareTo(tasks.id(taskB)) < 0);
    }

    private static long key(int node, int group) {
        return (long) node << 32 | group;
    }
}
