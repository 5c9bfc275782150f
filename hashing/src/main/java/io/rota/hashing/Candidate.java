package io.rota.hashing;

/**
 * One node seen from one task. Immutable.
 *
 * @param node the node's id
 * @param rank place on the task's preference list, from 1; 0 for a node that is not on it
 * @param standing why it owns the task or why not
 * @param load tasks that it owns
 * @param cap tasks that it takes before others are asked
 */
public record Candidate(String node, int rank, Standing standing, int load, int cap) {

    /** What a node is to a task. */
    public enum Standing {
        /** It should run the task. */
        OWNER,
        /** It comes earlier on the list, but its cap is used up by tasks that it prefers. */
        FULL,
        /** It comes earlier on the list, but owns another task of the spread group. */
        SPREAD,
        /** It comes later on the list and would be asked if the owner went. */
        NEXT,
        /** It lacks a tag that the task asks for. */
        NOT_ADMITTED
    }

    /** One line for people. */
    public String sentence() {
        return switch (standing) {
            case OWNER -> node + ": owner, choice " + rank;
            case FULL -> "not " + node + ": choice " + rank + ", full (" + load + " of " + cap + ")";
            case SPREAD -> "not " + node + ": choice " + rank + ", owns another task of the spread group";
            case NEXT -> node + ": would be asked next, choice " + rank;
            case NOT_ADMITTED -> "not " + node + ": lacks a tag that the task asks for";
        };
    }
}
