package io.rota.hashing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Decides which part of each node's tokens each tier sees. The tasks of a tier are poured over its nodes like water over
 * uneven ground, where the ground is what the other tiers are expected to put there: nodes that others fill get less or
 * nothing, so that first choices fit the caps and few tasks are pushed on. A few sweeps over the tiers let tiers that
 * overlap give way to each other. In the end the whole ground decides who stays dry, and among the others it counts in part
 * only: what moves when it shifts is then less, and the slack takes the rest. That part is two fifths where the surface lies
 * well under the average load of the cluster, which the caps allow everywhere, and rises to three quarters where it lies at
 * the average or above (docs/placement.md has the measurement). With one tier each part is whole. Whole numbers only: loads
 * in 2^-16 tasks, levels in 2^-32 tasks per thousandth of weight. Confined to one call.
 */
final class TokenParts {
    private static final int SWEEPS = 4;
    /** How much the ground counts, in thousandths. */
    private static final int WHOLE_GROUND = 1000;

    private static final int LEAST_GROUND = 400;
    private static final int MOST_GROUND = 750;
    /** From this surface on, in thousandths of the average load, the ground counts for more than the least. */
    private static final int NEARLY_AVERAGE = 900;

    private static final int AVERAGE = 1000;

    private final NodeSet nodes;
    private final List<Tier> tiers;
    private final long[] expectedLoads;
    private final long averageLevel;
    private final List<Pouring> pourings = new ArrayList<>();

    private TokenParts(NodeSet nodes, List<Tier> tiers) {
        this.nodes = nodes;
        this.tiers = tiers;
        this.expectedLoads = new long[nodes.size()];
        long tasks = tiers.stream().mapToLong(tier -> tier.tasks().length).sum();
        this.averageLevel = (tasks << 32) / Math.max(1, Tiers.weight(nodes, TokenUpdate.all(nodes)));
    }

    /** The same tiers, each with its parts. */
    static List<Tier> of(NodeSet nodes, List<Tier> tiers) {
        TokenParts parts = new TokenParts(nodes, tiers);
        tiers.forEach(tier -> parts.pourings.add(parts.add(parts.pour(tier, tier.nodes(), WHOLE_GROUND))));
        for (int sweep = 1; sweep < SWEEPS && tiers.size() > 1; sweep++) {
            for (int i = 0; i < tiers.size(); i++) {
                parts.takeAway(i);
                parts.pourings.set(
                        i, parts.add(parts.pour(tiers.get(i), tiers.get(i).nodes(), WHOLE_GROUND)));
            }
        }
        List<Tier> parted = new ArrayList<>();
        for (int i = 0; i < tiers.size(); i++) {
            parted.add(tiers.get(i).withParts(parts.ease(i).parts(nodes.size())));
        }
        return parted;
    }

    private Pouring ease(int i) {
        takeAway(i);
        Tier tier = tiers.get(i);
        Pouring whole = pour(tier, tier.nodes(), WHOLE_GROUND);
        return add(pour(tier, whole.wet(), easedGround(whole.surface(), averageLevel)));
    }

    /** How much the ground counts for a tier with this surface. */
    static int easedGround(long surface, long averageLevel) {
        long height = (surface >>> 8) * AVERAGE / ((averageLevel >>> 8) + 1);
        long above = Math.max(0, Math.min(AVERAGE, height) - NEARLY_AVERAGE);
        return (int) (LEAST_GROUND + above * (MOST_GROUND - LEAST_GROUND) / (AVERAGE - NEARLY_AVERAGE));
    }

    private void takeAway(int i) {
        pourings.get(i).addTo(expectedLoads, -1);
    }

    private Pouring add(Pouring poured) {
        poured.addTo(expectedLoads, 1);
        return poured;
    }

    private Pouring pour(Tier tier, BitSet on, int groundMilli) {
        int[] members = on.stream().toArray();
        long[] ground = new long[members.length];
        long[] weights = new long[members.length];
        for (int i = 0; i < members.length; i++) {
            weights[i] = nodes.node(members[i]).weightMilli();
            ground[i] = ((expectedLoads[members[i]] << 16) / weights[i]) / WHOLE_GROUND * groundMilli;
        }
        return Pouring.of(tier.tasks().length, members, weights, ground);
    }
}
