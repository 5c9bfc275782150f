package io.rota.hashing;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The nodes that follow a task's owner on its preference list, going round to those that were full before it. A first pass
 * takes only nodes in zones that neither the owner nor an earlier standby uses, a second pass takes the others in the same
 * order. A node without a zone is a zone of its own. Stateless.
 */
final class Standbys {
    private Standbys() {}

    static List<String> of(Placement placement, int task, int count) {
        char owner = placement.assignment().owners()[task];
        NodeSet nodes = placement.ring().nodeSet();
        if (owner == NodeSet.NONE || count <= 0) {
            return List.of();
        }
        int[] candidates = Preferences.afterOwner(placement, task);
        Set<Integer> chosen = new LinkedHashSet<>();
        Set<String> usedZones = new HashSet<>();
        usedZones.add(zone(nodes, owner));
        for (int node : candidates) {
            if (chosen.size() < count && usedZones.add(zone(nodes, node))) {
                chosen.add(node);
            }
        }
        for (int node : candidates) {
            if (chosen.size() < count) {
                chosen.add(node);
            }
        }
        return chosen.stream().map(nodes::id).toList();
    }

    private static String zone(NodeSet nodes, int node) {
        String zone = nodes.node(node).zone();
        return zone.isEmpty() ? "node " + nodes.id(node) : "zone " + zone;
    }
}
