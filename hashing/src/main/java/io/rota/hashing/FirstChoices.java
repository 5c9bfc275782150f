package io.rota.hashing;

/**
 * The first token of each task: two sorted lists walked side by side, or a search for each task where there are far fewer
 * tasks than tokens. Stateless.
 */
final class FirstChoices {
    private static final int SEARCH_BELOW = 16;

    private FirstChoices() {}

    /** The token index of each member; members stand in ring order and there is at least one token. */
    static int[] of(SortedTasks tasks, Tokens tokens, int[] members) {
        return (long) members.length * SEARCH_BELOW < tokens.size()
                ? searched(tasks, tokens, members)
                : walked(tasks, tokens, members);
    }

    private static int[] searched(SortedTasks tasks, Tokens tokens, int[] members) {
        int[] choices = new int[members.length];
        for (int i = 0; i < members.length; i++) {
            choices[i] = tokens.successor(tasks.position(members[i]));
        }
        return choices;
    }

    private static int[] walked(SortedTasks tasks, Tokens tokens, int[] members) {
        int[] choices = new int[members.length];
        long[] positions = tokens.positions();
        int at = 0;
        for (int i = 0; i < members.length; i++) {
            long position = tasks.position(members[i]);
            while (at < positions.length && Long.compareUnsigned(positions[at], position) < 0) {
                at++;
            }
            choices[i] = at == positions.length ? 0 : at;
        }
        return choices;
    }
}
