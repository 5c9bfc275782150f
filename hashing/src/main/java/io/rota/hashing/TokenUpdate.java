package io.rota.hashing;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Turns the tokens of one node set into those of another by touching only what differs: one linear pass, no sorting of
 * what stays. The result equals the tokens built from nothing, which the tests hold it to. Stateless.
 */
final class TokenUpdate {
    private static final int GONE = -1;

    private TokenUpdate() {}

    static Tokens apply(Tokens old, NodeSet before, NodeSet after) {
        int[] renumbered = new int[before.size()];
        Arrays.fill(renumbered, GONE);
        BitSet fresh = new BitSet(after.size());
        for (int node = 0; node < after.size(); node++) {
            int was = before.indexOf(after.id(node));
            if (was >= 0 && before.node(was).tokenCount() == after.node(node).tokenCount()) {
                renumbered[was] = node;
            } else {
                fresh.set(node);
            }
        }
        if (fresh.cardinality() * 2 > after.size()) {
            return Tokens.of(after, all(after));
        }
        return merge(old, renumbered, Tokens.of(after, fresh));
    }

    static BitSet all(NodeSet nodes) {
        BitSet all = new BitSet(nodes.size());
        all.set(0, nodes.size());
        return all;
    }

    private static Tokens merge(Tokens old, int[] renumbered, Tokens fresh) {
        int kept = 0;
        for (char node : old.nodes()) {
            kept += renumbered[node] == GONE ? 0 : 1;
        }
        long[] positions = new long[kept + fresh.size()];
        char[] nodes = new char[positions.length];
        int to = 0;
        int added = 0;
        for (int i = 0; i < old.size(); i++) {
            int node = renumbered[old.nodes()[i]];
            if (node == GONE) {
                continue;
            }
            long position = old.positions()[i];
            while (added < fresh.size() && isBefore(fresh, added, position, node)) {
                positions[to] = fresh.positions()[added];
                nodes[to++] = fresh.nodes()[added++];
            }
            positions[to] = position;
            nodes[to++] = (char) node;
        }
        System.arraycopy(fresh.positions(), added, positions, to, fresh.size() - added);
        System.arraycopy(fresh.nodes(), added, nodes, to, fresh.size() - added);
        return new Tokens(positions, nodes);
    }

    private static boolean isBefore(Tokens fresh, int at, long position, int node) {
        int order = Long.compareUnsigned(fresh.positions()[at], position);
        return order < 0 || (order == 0 && fresh.nodes()[at] < node);
    }
}
