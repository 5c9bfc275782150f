package io.rota.hashing;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The preference list of a task: each node that its selector admits once. First the nodes in the order in which the ring
 * offers them at the tokens that the task's tier sees, then the admitted nodes that are left, in ring order. Stateless.
 */
final class Preferences {
    private Preferences() {}

    /** Node indexes, empty if no node may own the task. */
    static int[] of(Placement placement, int task) {
        NodeSet nodes = placement.ring().nodeSet();
        BitSet admitted = Tiers.admitted(nodes, placement.tasks().task(task).selector());
        if (admitted.isEmpty()) {
            return new int[0];
        }
        Tier tier = placement.tiers().admitting(admitted);
        Tokens tokens = placement.ring().tokens();
        int[] list = new int[admitted.cardinality()];
        int met = 0;
        int token = tokens.successor(placement.tasks().position(task));
        for (long step = 0; met < list.length; step++) {
            int node = tokens.nodes()[token];
            boolean isSeen = step >= tokens.size() || tier.sees(node, tokens.positions()[token]);
            if (isSeen && admitted.get(node)) {
                admitted.clear(node);
                list[met++] = node;
            }
            token = tokens.next(token);
        }
        return list;
    }

    /** The list from behind the owner on, going round to the nodes that stand before it. */
    static int[] afterOwner(Placement placement, int task) {
        int owner = placement.assignment().owners()[task];
        int[] list = of(placement, task);
        int at = (int) IntStream.of(list).takeWhile(node -> node != owner).count();
        return IntStream.range(1, list.length)
                .map(i -> list[(at + i) % list.length])
                .toArray();
    }
}
