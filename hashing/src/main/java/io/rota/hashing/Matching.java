package io.rota.hashing;

/**
 * Computes who owns what from the ring, the tiers and the caps. Tier after tier: first by the tokens that the tier sees,
 * then by all tokens of its nodes, both with spread groups kept apart; then without regard to spread groups; then with
 * raised caps for those that found all their nodes full. Always ends, never throws: each task with an admitted node gets an
 * owner. Stateless.
 */
final class Matching {
    private static final int SMALL_TIER = 16;

    private Matching() {}

    static Assignment match(Ring ring, SortedTasks tasks, Tiers tiers, LoadCaps caps) {
        Assignment assignment = Assignment.empty(tasks.size(), ring.nodeSet().size());
        SpreadGroups groups = new SpreadGroups(tasks);
        for (Tier tier : tiers.inOrder()) {
            int[] waiting = tier.tasks();
            Tokens tokens = tokensOf(tier, ring);
            if (!tier.seesAll()) {
                Tokens some = tokens.seenBy(tier);
                TierMatching seen = new TierMatching(tasks, some, some.nodeSet(), assignment, groups);
                seen.openUpTo(caps.perNode());
                waiting = seen.place(waiting, !groups.isEmpty());
            }
            TierMatching all = new TierMatching(tasks, tokens, tier.nodes(), assignment, groups);
            all.openUpTo(caps.perNode());
            waiting = all.place(waiting, !groups.isEmpty());
            if (!groups.isEmpty()) {
                waiting = all.place(waiting, false);
            }
            escalate(all, tier, waiting, caps, assignment);
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

    private static Tokens tokensOf(Tier tier, Ring ring) {
        int count = tier.nodes().cardinality();
        if (count == ring.nodeSet().size()) {
            return ring.tokens();
        }
        return count * SMALL_TIER < ring.nodeSet().size()
                ? Tokens.of(ring.nodeSet(), tier.nodes())
                : ring.tokens().of(tier.nodes());
    }
}
