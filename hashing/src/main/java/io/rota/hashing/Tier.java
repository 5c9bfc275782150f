package io.rota.hashing;

import java.util.BitSet;

/**
 * The tasks whose selectors admit exactly the same nodes. Tiers are placed one after the other, the most constrained first;
 * a tier sees of each node only that part of its tokens for which the tiers before it have left room. Immutable.
 */
final class Tier {
    /** All tokens of a node; a part is a number of 65,536ths. */
    static final int WHOLE = 1 << 16;

    private final BitSet nodes;
    private final long weightMilli;
    private final String name;
    private final int[] tasks;
    private final int[] parts;

    /** The parts are given for each node index, 0 for nodes that are not admitted. */
    Tier(BitSet nodes, long weightMilli, String name, int[] tasks, int[] parts) {
        this.nodes = nodes;
        this.weightMilli = weightMilli;
        this.name = name;
        this.tasks = tasks;
        this.parts = parts;
    }

    Tier withParts(int[] newParts) {
        return new Tier(nodes, weightMilli, name, tasks, newParts);
    }

    /** The admitted nodes, at least one. */
    BitSet nodes() {
        return nodes;
    }

    /** The weight of the admitted nodes together. */
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

    /** Whether a token counts: by the low bits of its position, so that a growing part only adds tokens. */
    boolean sees(int node, long position) {
        return (position & (WHOLE - 1)) < parts[node];
    }

    /** Whether it sees all tokens of the nodes that it admits. */
    boolean seesAll() {
        return nodes.stream().allMatch(node -> parts[node] == WHOLE);
    }

    /** Whether each node of this tier is also one of the other's. */
    boolean isInside(Tier other) {
        if (weightMilli > other.weightMilli || !other.nodes.get(nodes.nextSetBit(0))) {
            return false;
        }
        BitSet outside = (BitSet) nodes.clone();
        outside.andNot(other.nodes);
        return outside.isEmpty();
    }
}
