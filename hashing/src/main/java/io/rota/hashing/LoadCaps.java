package io.rota.hashing;

/**
 * How many tasks each node may own: floor((1 + slack) * fair share + dither(node)), at least one. The fair share of a node
 * is its part, by weight, of the densest tier that admits it, where a tier counts the tasks of all tiers inside it. The
 * dither makes the caps step one by one as the fair share grows, where rounding up makes all of them step at once. Whole
 * numbers only: shares, slack and dither in units of 2^-16, so that each JVM computes the same. Immutable.
 */
final class LoadCaps {
    /** One whole task, or a slack of 1. */
    static final int ONE = 1 << 16;

    private static final int MIN_SLACK = ONE / 20;
    private static final int MAX_SLACK = ONE * 3 / 5;
    /** Variances are counted in units of 2^-32, so that their roots are in units of 2^-16. */
    private static final long ONE_SQUARED = 1L << 32;

    private final int[] perNode;
    private final int slack;

    LoadCaps(int[] perNode, int slack) {
        this.perNode = perNode;
        this.slack = slack;
    }

    /** The cap of each node by index. */
    int[] perNode() {
        return perNode;
    }

    /** The slack in units of 2^-16. */
    int slack() {
        return slack;
    }

    static LoadCaps of(NodeSet nodes, Tiers tiers, PlacementSettings settings) {
        long placeable = tiers.placeableTasks();
        int slack = settings.slackMilli() == 0
                ? automaticSlack(placeable, tiers.constrainedTasks(nodes), nodes.tokenCount(), nodes.size())
                : (int) ((long) settings.slackMilli() * ONE / 1000);
        long[] shares = fairShares(nodes, tiers, placeable);
        int[] caps = new int[shares.length];
        long sum = 0;
        for (int node = 0; node < caps.length; node++) {
            caps[node] = cap(shares[node], slack, nodes.dither(node));
            sum += caps[node];
        }
        while (sum < placeable) {
            for (int node = 0; node < caps.length; node++) {
                caps[node]++;
            }
            sum += caps.length;
        }
        return new LoadCaps(caps, slack);
    }

    /** The cap for a fair share in units of 2^-16. */
    static int cap(long share, int slack, int dither) {
        long loaded = (share * (ONE + slack)) >> 16;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (loaded + dither) >> 16));
    }

    /**
     * 1.53 standard deviations of what first choices alone would put on a node, clamped to 0.05 and 0.6, in units of 2^-16.
     * Relative to the mean, the variance is 1 / (tasks a node) by chance and 1 / (tokens a node) by uneven arcs; the part
     * of the tasks that not every node may own counts 1.6 times, since each change also shifts the parts of its tiers.
     */
    static int automaticSlack(long tasks, long constrained, long tokens, int nodes) {
        if (tasks == 0) {
            return MAX_SLACK;
        }
        long chance = ONE_SQUARED * nodes / tasks;
        long shifting = chance * constrained / tasks * 3 / 5;
        long arcs = ONE_SQUARED * nodes / tokens;
        return (int) Math.max(MIN_SLACK, Math.min(MAX_SLACK, floorSqrt((chance + shifting + arcs) * 234 / 100)));
    }

    /** The next cap of a node all of whose tier's nodes are full. */
    int escalated(int cap) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(cap + 1L, ((long) cap * (ONE + slack)) >> 16));
    }

    private static long floorSqrt(long square) {
        long root = (long) StrictMath.sqrt((double) square);
        while (root * root > square) {
            root--;
        }
        while ((root + 1) * (root + 1) <= square) {
            root++;
        }
        return root;
    }

    private static long[] fairShares(NodeSet nodes, Tiers tiers, long placeable) {
        long[] shares = new long[nodes.size()];
        long weight = Tiers.weight(nodes, TokenUpdate.all(nodes));
        for (int node = 0; node < shares.length; node++) {
            shares[node] = share(placeable, nodes.node(node), weight);
        }
        for (Tier tier : tiers.inOrder()) {
            long inside = tiers.inOrder().stream()
                    .filter(other -> other.isInside(tier))
                    .mapToLong(other -> other.tasks().length)
                    .sum();
            for (int node = tier.nodes().nextSetBit(0);
                    node >= 0;
                    node = tier.nodes().nextSetBit(node + 1)) {
                shares[node] = Math.max(shares[node], share(inside, nodes.node(node), tier.weightMilli()));
            }
        }
        return shares;
    }

    private static long share(long tasks, RingNode node, long weightMilli) {
        return ((tasks * node.weightMilli()) << 16) / weightMilli;
    }
}
