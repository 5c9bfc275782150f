package io.rota.hashing;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Token positions in ring order, each with the index of its node; ties stand in the order (position, node id, token
 * index). The single source of "who comes next". Immutable: whoever is handed the arrays only reads them.
 */
final class Tokens {
    private final long[] positions;
    private final char[] nodes;

    Tokens(long[] positions, char[] nodes) {
        this.positions = positions;
        this.nodes = nodes;
    }

    long[] positions() {
        return positions;
    }

    char[] nodes() {
        return nodes;
    }

    /** The tokens of some of the nodes, built from nothing. */
    static Tokens of(NodeSet nodes, BitSet members) {
        int size = members.stream().map(n -> nodes.node(n).tokenCount()).sum();
        long[] positions = new long[size];
        int[] owners = new int[size];
        int at = 0;
        for (int node = members.nextSetBit(0); node >= 0; node = members.nextSetBit(node + 1)) {
            int count = nodes.node(node).tokenCount();
            for (int i = 0; i < count; i++) {
                positions[at] = nodes.tokenPosition(node, i);
                owners[at++] = node;
            }
        }
        PositionSort.sort(positions, owners);
        char[] narrow = new char[size];
        for (int i = 0; i < size; i++) {
            narrow[i] = (char) owners[i];
        }
        return new Tokens(positions, narrow);
    }

    int size() {
        return positions.length;
    }

    /** Index of the first token at or after the position, going round at the end; only if there are tokens. */
    int successor(long position) {
        int at = PositionSort.lowerBound(positions, position);
        return at == positions.length ? 0 : at;
    }

    int next(int token) {
        return token + 1 == positions.length ? 0 : token + 1;
    }

    /** How far the token lies ahead of the position, as an unsigned number. */
    long distance(long position, int token) {
        return positions[token] - position;
    }

    /** Only the tokens of the given nodes, in the same order. */
    Tokens of(BitSet members) {
        boolean[] isMember = new boolean[1 + NodeSet.NONE];
        members.stream().forEach(node -> isMember[node] = true);
        return filtered(i -> isMember[nodes[i]]);
    }

    /** Only the tokens that a tier sees, in the same order. */
    Tokens seenBy(Tier tier) {
        return filtered(i -> tier.sees(nodes[i], positions[i]));
    }

    private Tokens filtered(IntPredicate isKept) {
        int size = 0;
        for (int i = 0; i < nodes.length; i++) {
            size += isKept.test(i) ? 1 : 0;
        }
        long[] kept = new long[size];
        char[] owners = new char[size];
        int to = 0;
        for (int i = 0; to < size; i++) {
            if (isKept.test(i)) {
                kept[to] = positions[i];
                owners[to++] = nodes[i];
            }
        }
        return new Tokens(kept, owners);
    }

    /** The nodes that have a token here. */
    BitSet nodeSet() {
        BitSet found = new BitSet();
        for (char node : nodes) {
            found.set(node);
        }
        return found;
    }
}
