package io.rota.hashing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The nodes in the order of their ids, each with an index that the arrays of the placement use. Promises the same indexes
 * for the same set, in whatever order it was given. Refuses a repeated id and two ids with one hash. Immutable.
 */
final class NodeSet {
    /** Owner index of a task that no node may own. */
    static final char NONE = Character.MAX_VALUE;

    private static final int MAX_NODES = NONE - 1;
    private static final long DITHER_INDEX = -1L;

    private final List<RingNode> nodes;
    private final List<Optional<String>> names;
    private final long[] hashes;

    private NodeSet(List<RingNode> nodes, long[] hashes) {
        this.nodes = nodes;
        this.hashes = hashes;
        this.names = nodes.stream().map(node -> Optional.of(node.id())).toList();
    }

    static NodeSet of(Collection<RingNode> unsorted) {
        if (unsorted.size() > MAX_NODES) {
            throw new RingInputException.OutOfRange("number of nodes", unsorted.size(), 0, MAX_NODES);
        }
        List<RingNode> nodes = new ArrayList<>(unsorted);
        nodes.sort(Comparator.comparing(RingNode::id));
        for (int i = 1; i < nodes.size(); i++) {
            if (nodes.get(i - 1).id().equals(nodes.get(i).id())) {
                throw new RingInputException.DuplicateNode(nodes.get(i).id());
            }
        }
        long[] hashes =
                nodes.stream().mapToLong(node -> XxHash64.hash(node.id())).toArray();
        refuseCollisions(nodes, hashes);
        return new NodeSet(List.copyOf(nodes), hashes);
    }

    static void refuseCollisions(List<RingNode> nodes, long[] hashes) {
        long[] keys = hashes.clone();
        int[] index = new int[keys.length];
        Arrays.setAll(index, i -> i);
        PositionSort.sort(keys, index);
        for (int i = 1; i < keys.length; i++) {
            if (keys[i - 1] == keys[i]) {
                throw new RingInputException.HashCollision(
                        nodes.get(index[i - 1]).id(), nodes.get(index[i]).id());
            }
        }
    }

    int size() {
        return nodes.size();
    }

    /** Number of token positions of all nodes together. */
    long tokenCount() {
        return nodes.stream().mapToLong(RingNode::tokenCount).sum();
    }

    List<RingNode> all() {
        return nodes;
    }

    RingNode node(int index) {
        return nodes.get(index);
    }

    String id(int index) {
        return nodes.get(index).id();
    }

    /** The owner as a caller wants it; allocates nothing. */
    Optional<String> name(char owner) {
        return owner == NONE ? Optional.empty() : names.get(owner);
    }

    /** Index of the node, or negative if it is not one of these. */
    int indexOf(String id) {
        int low = 0;
        int high = nodes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    long hash(int index) {
        return hashes[index];
    }

    /** Position of the node's i-th token: of the node's id and i only, never of who else is there. */
    long tokenPosition(int node, int i) {
        return XxHash64.hash(i, hashes[node]);
    }

    /** A number in [0, 65536) that belongs to the node for ever; spreads the steps of the load caps. */
    int dither(int node) {
        return (int) (XxHash64.hash(DITHER_INDEX, hashes[node]) >>> 48);
    }
}
