package io.rota.scheduler.engine;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the ring and the membership view ask of this node.
 *
 * @param owned tasks that the ring gives to this node
 * @param others every other member that is not known to be dead or gone: each might still run one of them
 */
public record Targets(Set<String> owned, Set<String> others) {
    public Targets {
        owned = Set.copyOf(owned);
        others = Set.copyOf(others);
    }

    Set<String> othersInOrder() {
        return new TreeSet<>(others);
    }
}
