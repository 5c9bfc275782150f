package io.rota.hashing;

import java.util.BitSet;
import java.util.List;

/**
 * Computes who owns what from the ring, the tasks and the caps: tier after tier, in each tier first with spread groups
 * kept apart, then without, and with raised caps for those that find all their nodes full. Always ends, never throws: each
 * task with an admitted node gets an owner. Stateless.
 */
final class Matching {
    private static final int SMALL_TIER = 16;

    private Matching() {}

    static Assignment match(Ring ring, SortedTasks tasks, List<Tier> tiers, LoadCaps caps) {
        NodeSet nodes = ring.nodeSet();
        Assignment assignment = Assignment.empty(tasks.size(), nodes.size());
        SpreadGroups groups = new SpreadGroups(tasks);
        for (Tier tier : tiers) {
            Tokens tokens = tokensOf(tier.nodes(), ring);
            TierMatching matching = new TierMatching(tasks, tokens, tier.nodes(), assignment, groups);
            matching.openUpTo(caps.perNode());
            int[] waiting = matching.place(tier.tasks(), !groups.isEmpty());
            if (!groups.isEmpty()) {
                waiting = matching.place(waiting, false);
            }
            escalate(matching, tier, waiting, caps, assignment);
        }
        return assignment;
    }

    private static void escalate(
            TierMatching matching, Tier tier, int[] unplaced, LoadCaps caps, Assignment assignment) {
        int[] waiting = unplaced;
        for (int task : waiting) {
            assignment.saturated().set(task);
        }
        int[] ceilings = caps.perNode().clone();
        while (waiting.length > 0) {
            for (int node = tier.nodes().nextSetBit(0);
                    node >= 0;
                    node = tier.nodes().nextSetBit(node + 1)) {
                ceilings[node] = caps.escalated(ceilings[node]);
            }
            matching.openUpTo(ceilings);
            waiting = matching.place(waiting, false);
        }
    }

    private static Tokens tokensOf(BitSet members, Ring ring) {
        int count = members.cardinality();
        if (count == ring.nodeSet().size()) {
            return ring.tokens();
        }
        return count * SMALL_TIER < ring.nodeSet().size()
                ? Tokens.of(ring.nodeSet(), members)
                : ring.tokens().only(members);
    }
}
