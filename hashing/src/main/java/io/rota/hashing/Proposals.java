package io.rota.hashing;

/**
 * The proposals of one round: proposal i asks, for a task, for the node of a token. Confined to one matching.
 */
final class Proposals {
    private final int[] tasks;
    private final int[] tokens;
    private final int size;

    Proposals(int[] tasks, int[] tokens, int size) {
        this.tasks = tasks;
        this.tokens = tokens;
        this.size = size;
    }

    /** Task indexes, in ring order. */
    int[] tasks() {
        return tasks;
    }

    /** The token each of them proposes to. */
    int[] tokens() {
        return tokens;
    }

    /** How many of the array elements count. */
    int size() {
        return size;
    }
}
