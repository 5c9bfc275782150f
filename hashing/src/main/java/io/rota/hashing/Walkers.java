package io.rota.hashing;

import java.util.BitSet;

/**
 * The tasks that were refused and walk on along the ring, all at the same rank of their preference lists. Each remembers
 * which nodes it has asked, one bit a node. Confined to one matching.
 */
final class Walkers {
    private final Tokens tokens;
    private final int[] task;
    private final int[] token;
    private final long[][] asked;
    private int size;

    /** The refused of the first round: they have asked their first choice. */
    Walkers(Tokens tokens, int nodes, Proposals first, BitSet refused) {
        this.tokens = tokens;
        int count = refused.cardinality();
        this.task = new int[count];
        this.token = new int[count];
        this.asked = new long[count][1 + nodes / Long.SIZE];
        for (int i = refused.nextSetBit(0); i >= 0; i = refused.nextSetBit(i + 1)) {
            task[size] = first.tasks()[i];
            token[size] = first.tokens()[i];
            ask(size, tokens.nodes()[token[size]]);
            size++;
        }
    }

    int size() {
        return size;
    }

    /** Moves each to the next node that it has not asked; there must be one. */
    Proposals advance() {
        for (int i = 0; i < size; i++) {
            int at = tokens.next(token[i]);
            while (!ask(i, tokens.nodes()[at])) {
                at = tokens.next(at);
            }
            token[i] = at;
        }
        return new Proposals(task, token, size);
    }

    /** Lets go of those that were not refused again. */
    void keep(BitSet refused) {
        int to = 0;
        for (int i = refused.nextSetBit(0); i >= 0; i = refused.nextSetBit(i + 1)) {
            task[to] = task[i];
            token[to] = token[i];
            long[] freed = asked[to];
            asked[to++] = asked[i];
            asked[i] = freed;
        }
        size = to;
    }

    /** The task of a walker. */
    int task(int walker) {
        return task[walker];
    }

    private boolean ask(int walker, int node) {
        int word = node / Long.SIZE;
        long bit = 1L << node;
        boolean isNew = (asked[walker][word] & bit) == 0;
        asked[walker][word] |= bit;
        return isNew;
    }
}
