package io.rota.hashing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides which part of each node's tokens each tier sees. Tier after tier, the expected load is poured over the admitted
 * nodes like water over uneven ground: nodes that the tiers before have filled get less or nothing, so that first choices
 * fit the caps and few tasks are pushed on. The ground counts for three quarters only: what moves when it shifts is then
 * less, and the slack takes the rest (measured over four values: 1.13 to 1.25 times the ideal moves against 1.12 to 1.60
 * without parts and 1.18 to 1.40 with the whole ground). With one tier each part is whole. Whole numbers only: loads in
 * 2^-16 tasks, levels in 2^-32 tasks per thousandth of weight. Confined to one call.
 */
final class TokenParts {
    private final NodeSet nodes;
    private final long[] expectedLoads;

    TokenParts(NodeSet nodes) {
        this.nodes = nodes;
        this.expectedLoads = new long[nodes.size()];
    }

    /** The same tiers, each with its parts. */
    List<Tier> of(List<Tier> tiers) {
        List<Tier> parted = new ArrayList<>();
        for (Tier tier : tiers) {
            parted.add(tier.withParts(pour(tier)));
        }
        return List.copyOf(parted);
    }

    private int[] pour(Tier tier) {
        int[] members = tier.nodes().stream().toArray();
        long[] ground = new long[members.length];
        for (int i = 0; i < members.length; i++) {
            ground[i] = ((expectedLoads[members[i]] << 16) / weight(members[i])) / 4 * 3;
        }
        long surface = surface(tier.tasks().length, members, ground);
        long deepest = surface - Arrays.stream(ground).min().orElse(0);
        int[] parts = new int[nodes.size()];
        for (int i = 0; i < members.length; i++) {
            long depth = Math.max(0, surface - ground[i]);
            parts[members[i]] = part(depth, deepest);
            expectedLoads[members[i]] += (depth * weight(members[i])) >>> 16;
        }
        return parts;
    }

    /** The level up to which the tasks fill the nodes. */
    private long surface(long tasks, int[] members, long[] ground) {
        int[] byGround = sortedByGround(ground);
        long volume = tasks << 32;
        long width = 0;
        long surface = 0;
        for (int i = 0; i < byGround.length; i++) {
            if (i > 0 && surface <= ground[byGround[i]]) {
                break;
            }
            long weight = weight(members[byGround[i]]);
            volume += ground[byGround[i]] * weight;
            width += weight;
            surface = volume / width;
        }
        return surface;
    }

    private static int[] sortedByGround(long[] ground) {
        long[] keys = ground.clone();
        int[] order = new int[keys.length];
        Arrays.setAll(order, i -> i);
        PositionSort.sort(keys, order);
        return order;
    }

    /** depth / deepest in 65,536ths, without overflow. */
    private static int part(long depth, long deepest) {
        if (depth == deepest) {
            return Tier.WHOLE;
        }
        return (int) (deepest < 1L << 46 ? (depth << 16) / deepest : depth / (deepest >>> 16));
    }

    private long weight(int node) {
        return nodes.node(node).weightMilli();
    }
}
