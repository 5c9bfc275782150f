package io.rota.hashing;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides which part of each node's tokens each tier sees. The tasks of a tier are poured over its nodes like water over
 * uneven ground, where the ground is what the other tiers are expected to put there: nodes that others fill get less or
 * nothing, so that first choices fit the caps and few tasks are pushed on. A few sweeps over the tiers let tiers that
 * overlap give way to each other. In the end the ground counts for three quarters only: what moves when it shifts is then
 * less, and the slack takes the rest (docs/placement.md has the measurement). With one tier each part is whole. Whole
 * numbers only: loads in 2^-16 tasks, levels in 2^-32 tasks per thousandth of weight. Confined to one call.
 */
final class TokenParts {
    private static final int SWEEPS = 4;

    private final NodeSet nodes;
    private final List<Tier> tiers;
    private final long[] expectedLoads;
    private final List<Pouring> pourings = new ArrayList<>();

    private TokenParts(NodeSet nodes, List<Tier> tiers) {
        this.nodes = nodes;
        this.tiers = tiers;
        this.expectedLoads = new long[nodes.size()];
    }

    /** The same tiers, each with its parts. */
    static List<Tier> of(NodeSet nodes, List<Tier> tiers) {
        TokenParts parts = new TokenParts(nodes, tiers);
        tiers.forEach(tier -> parts.pourings.add(parts.pour(tier, 4)));
        for (int sweep = 1; sweep < SWEEPS && tiers.size() > 1; sweep++) {
            for (int i = 0; i < tiers.size(); i++) {
                parts.repour(i, 4);
            }
        }
        List<Tier> parted = new ArrayList<>();
        for (int i = 0; i < tiers.size(); i++) {
            parted.add(tiers.get(i).withParts(parts.repour(i, 3).parts(nodes.size())));
        }
        return parted;
    }

    private Pouring repour(int i, int groundQuarters) {
        Pouring old = pourings.get(i);
        old.addTo(expectedLoads, -1);
        Pouring poured = pour(tiers.get(i), groundQuarters);
        pourings.set(i, poured);
        return poured;
    }

    private Pouring pour(Tier tier, int groundQuarters) {
        int[] members = tier.nodes().stream().toArray();
        long[] ground = new long[members.length];
        long[] weights = new long[members.length];
        for (int i = 0; i < members.length; i++) {
            weights[i] = nodes.node(members[i]).weightMilli();
            ground[i] = ((expectedLoads[members[i]] << 16) / weights[i]) / 4 * groundQuarters;
        }
        Pouring poured = Pouring.of(tier.tasks().length, members, weights, ground);
        poured.addTo(expectedLoads, 1);
        return poured;
    }
}
