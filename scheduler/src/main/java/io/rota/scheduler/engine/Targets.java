package io.rota.scheduler.engine;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the ring and the membership view ask of this node.
 *
 * @param owned tasks that the ring gives to this node
 * @param others every other member that is not known to be dead or gone: each might still run one of them
 * @param gone tasks that are defined here but not in the task file in force: nothing of them may run
 * @param leaving true while this node drains: it keeps nothing that another may have
 * @param homeless while this node drains: tasks that the ring gives to nobody, which end here all the same
 * @param movesAtOnce most services that this node stops at the same time for the sake of another, at least 1
 */
public record Targets(
        Set<String> owned,
        Set<String> others,
        Set<String> gone,
        boolean leaving,
        Set<String> homeless,
        int movesAtOnce) {
    public Targets {
        owned = Set.copyOf(owned);
        others = Set.copyOf(others);
        gone = Set.copyOf(gone);
        homeless = Set.copyOf(homeless);
        if (movesAtOnce < 1) {
            throw new IllegalArgumentException("at least one task must be able to move");
        }
    }

    /** Of a node that stays, and may move everything at once. */
    Targets(Set<String> owned, Set<String> others) {
        this(owned, others, Set.of(), false, Set.of(), Integer.MAX_VALUE);
    }

    Set<String> othersInOrder() {
        return new TreeSet<>(others);
    }
}
