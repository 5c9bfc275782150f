package io.rota.hashing;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What the matching has decided so far: the owner of each task, the load of each node, and the tasks for which caps had to
 * be raised. Written by one matching, then never changed again.
 */
final class Assignment {
    private final char[] owners;
    private final int[] loads;
    private final BitSet saturated;

    Assignment(char[] owners, int[] loads, BitSet saturated) {
        this.owners = owners;
        this.loads = loads;
        this.saturated = saturated;
    }

    /** Owner index of each task, {@link NodeSet#NONE} where there is none. */
    char[] owners() {
        return owners;
    }

    /** Number of tasks of each node. */
    int[] loads() {
        return loads;
    }

    /** The tasks that found all their nodes full. */
    BitSet saturated() {
        return saturated;
    }

    static Assignment empty(int tasks, int nodes) {
        char[] owners = new char[tasks];
        Arrays.fill(owners, NodeSet.NONE);
        return new Assignment(owners, new int[nodes], new BitSet());
    }

    void give(int task, int node) {
        owners[task] = (char) node;
    }
}
