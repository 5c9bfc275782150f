package io.rota.hashing;

import java.util.BitSet;

/**
 * Walks the ring from a position and meets each admitted node once: the preference list of a task, unrolled only as far as
 * it is asked for. A first turn meets nodes at the tokens that the task's tier sees, a second turn the nodes that are left.
 * Confined to one caller.
 */
final class PreferenceWalk {
    private final Tokens tokens;
    private final Tier tier;
    private final BitSet unmet;
    private int token;
    private int steps;

    /** Starts before the first admitted successor of the position. */
    PreferenceWalk(Tokens tokens, long position, Tier tier) {
        this.tokens = tokens;
        this.tier = tier;
        this.unmet = (BitSet) tier.nodes().clone();
        this.token = tokens.size() == 0 ? 0 : tokens.successor(position);
    }

    /** Index of the next node, or negative when each admitted one has been met. */
    int next() {
        while (!unmet.isEmpty()) {
            int node = tokens.nodes()[token];
            boolean isSecondTurn = steps >= tokens.size();
            boolean isSeen = isSecondTurn || tier.sees(node, tokens.positions()[token]);
            steps++;
            token = tokens.next(token);
            if (isSeen && unmet.get(node)) {
                unmet.clear(node);
                return node;
            }
        }
        return -1;
    }
}
