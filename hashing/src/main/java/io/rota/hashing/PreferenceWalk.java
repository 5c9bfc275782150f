package io.rota.hashing;

import java.util.BitSet;

/**
 * Walks the ring from a position and meets each admitted node once: the preference list of a task, unrolled only as far
 * as it is asked for. Confined to one caller.
 */
final class PreferenceWalk {
    private final Tokens tokens;
    private final BitSet unseen;
    private int token;
    private int stepsLeft;

    /** Starts before the first admitted successor of the position. */
    PreferenceWalk(Tokens tokens, long position, BitSet admitted) {
        this.tokens = tokens;
        this.unseen = (BitSet) admitted.clone();
        this.stepsLeft = tokens.size();
        this.token = stepsLeft == 0 ? 0 : tokens.successor(position);
    }

    /** Index of the next node, or negative when each admitted one has been met. */
    int next() {
        while (stepsLeft > 0 && !unseen.isEmpty()) {
            int node = tokens.nodes()[token];
            stepsLeft--;
            token = tokens.next(token);
            if (unseen.get(node)) {
                unseen.clear(node);
                return node;
            }
        }
        return -1;
    }
}
