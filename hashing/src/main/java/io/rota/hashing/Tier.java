package io.rota.hashing;

import java.util.BitSet;

/**
 * The tasks whose selectors admit exactly the same nodes. Tiers are placed one after the other, the most constrained first.
 */
final class Tier {
    private final BitSet nodes;
    private final long weightMilli;
    private final String name;
    private final int[] tasks;

    Tier(BitSet nodes, long weightMilli, String name, int[] tasks) {
        this.nodes = nodes;
        this.weightMilli = weightMilli;
        this.name = name;
        this.tasks = tasks;
    }

    /** The admitted nodes, at least one. */
    BitSet nodes() {
        return nodes;
    }

    /** Their weight together. */
    long weightMilli() {
        return weightMilli;
    }

    /** The smallest of the selectors' texts, the last word in the order of tiers. */
    String name() {
        return name;
    }

    /** The tasks in ring order. */
    int[] tasks() {
        return tasks;
    }

    /** Whether each node of this tier is also one of the other's. */
    boolean isInside(Tier other) {
        if (nodes.equals(other.nodes)) {
            return true;
        }
        BitSet outside = (BitSet) nodes.clone();
        outside.andNot(other.nodes);
        return outside.isEmpty();
    }
}
