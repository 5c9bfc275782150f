package io.rota.hashing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * The circle of token positions. Promises that it depends on the set of nodes alone, that a node's positions depend on its
 * id and weight alone, and that a change touches no position of another node. Positions are unsigned 64-bit numbers; a
 * task's first choice is the first token at or after its position. Refuses repeated ids and colliding ids. Immutable.
 * Source: Karger et al. 1997, with positions by XXH64 and ties broken by (position, node id, index).
 */
public final class Ring {
    private static final int MILLION = 1_000_000;
    private static final int MAX_TOKENS = 200_000_000;

    private final NodeSet nodes;
    private final Tokens tokens;

    private Ring(NodeSet nodes, Tokens tokens) {
        this.nodes = nodes;
        this.tokens = tokens;
    }

    public static Ring of(Collection<RingNode> nodes) {
        return of(NodeSet.of(nodes));
    }

    static Ring of(NodeSet nodes) {
        refuseTooMany(nodes);
        return new Ring(nodes, Tokens.of(nodes, TokenUpdate.all(nodes)));
    }

    /** The ring of another set of nodes, made from this one; equals {@code Ring.of(nodes)}. */
    Ring changedTo(NodeSet changed) {
        refuseTooMany(changed);
        return new Ring(changed, TokenUpdate.apply(tokens, nodes, changed));
    }

    /** Where a task stands on the circle. */
    public static long positionOf(String taskId) {
        return XxHash64.hash(taskId);
    }

    /** All nodes in the order of their ids. */
    public List<RingNode> nodes() {
        return nodes.all();
    }

    /** Number of token positions. */
    public int size() {
        return tokens.size();
    }

    /** The i-th position in ring order. */
    public long positionAt(int i) {
        return tokens.positions()[i];
    }

    /** The node of the i-th position in ring order. */
    public String nodeAt(int i) {
        return nodes.id(tokens.nodes()[i]);
    }

    /** All positions in ring order, as a copy. */
    public long[] positions() {
        return tokens.positions().clone();
    }

    /** Every node once, in the order in which the ring offers them to a task at the position. */
    public List<String> successors(long position) {
        return successors(position, nodes.size());
    }

    /** The first nodes of {@link #successors(long)}, at most the given number. */
    public List<String> successors(long position, int limit) {
        List<String> found = new ArrayList<>();
        BitSet unmet = TokenUpdate.all(nodes);
        int wanted = Math.min(limit, nodes.size());
        int token = wanted <= 0 ? 0 : tokens.successor(position);
        for (; found.size() < wanted; token = tokens.next(token)) {
            char node = tokens.nodes()[token];
            if (unmet.get(node)) {
                unmet.clear(node);
                found.add(nodes.id(node));
            }
        }
        return List.copyOf(found);
    }

    /**
     * The ring of the same nodes with each weight divided, for drawing: its positions are some of this ring's, and its arcs
     * show the same picture more coarsely. Not for placing.
     */
    public Ring sketch(int divisor) {
        return of(nodes.all().stream()
                .map(node -> node.withWeightMilli(Math.max(RingNode.MIN_WEIGHT_MILLI, node.weightMilli() / divisor)))
                .toList());
    }

    /** The circle cut into stretches of one node each, in ring order; neighbours of one node are joined. */
    public List<RingArc> arcs() {
        List<RingArc> arcs = new ArrayList<>();
        int size = tokens.size();
        long start = size == 0 ? 0 : tokens.positions()[size - 1] + 1;
        for (int i = 0; i < size; i++) {
            boolean isLastOfNode = i + 1 == size || tokens.nodes()[i + 1] != tokens.nodes()[i];
            if (isLastOfNode) {
                arcs.add(new RingArc(start, tokens.positions()[i], nodeAt(i)));
                start = tokens.positions()[i] + 1;
            }
        }
        return List.copyOf(arcs);
    }

    /** Part of the circle whose first choice is the node, in millionths, for display; 0 for an unknown node. */
    public int shareMillionths(String nodeId) {
        int node = nodes.indexOf(nodeId);
        if (node < 0) {
            return 0;
        }
        if (nodes.size() == 1) {
            return MILLION;
        }
        long previous = tokens.positions()[tokens.size() - 1];
        long share = 0;
        for (int i = 0; i < tokens.size(); i++) {
            long position = tokens.positions()[i];
            share += tokens.nodes()[i] == node ? position - previous : 0;
            previous = position;
        }
        return (int) (((share >>> 32) * MILLION) >>> 32);
    }

    NodeSet nodeSet() {
        return nodes;
    }

    Tokens tokens() {
        return tokens;
    }

    private static void refuseTooMany(NodeSet nodes) {
        long count = nodes.tokenCount();
        if (count > MAX_TOKENS) {
            throw new RingInputException.OutOfRange("number of token positions", count, 0, MAX_TOKENS);
        }
    }
}
