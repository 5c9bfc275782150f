package io.rota.scheduler.view;

import java.util.List;

/**
 * Who decides claims, and whether a claim could be decided now.
 *
 * @param mode how many arbiters there are
 * @param quorum true if a majority of the books answered this node within the last seconds
 * @param cpReady true if the Hazelcast CP group answers; while it does not, claims are decided by the books alone
 * @param cpMembers members of the CP group, 0 when it does not exist (never a sign of a working group)
 * @param leaseRemainingMillis how long this node's own lease still holds; 0 when it has none
 * @param arbiters one entry per listed arbiter, in list order
 * @param list where the list comes from
 */
public record ArbitrationView(
        Mode mode,
        boolean quorum,
        boolean cpReady,
        int cpMembers,
        long leaseRemainingMillis,
        List<ArbiterView> arbiters,
        ListView list) {
    public ArbitrationView {
        arbiters = List.copyOf(arbiters);
    }

    /** How arbitration is set up. */
    public enum Mode {
        /** A node on its own: it is its own judge. */
        STANDALONE,
        /** Fewer than three seeds: the first one decides alone, and nothing exclusive starts while it is away. */
        SINGLE_JUDGE,
        /** Three or five arbiters: a majority decides. */
        MAJORITY
    }

    /**
     * One arbiter.
     *
     * @param name node name
     * @param reachable true if it answered this node within the last seconds
     * @param book state of its book in one word: {@code voting}, {@code empty}, {@code refilling} or {@code unknown}
     */
    public record ArbiterView(String name, boolean reachable, String book) {}

    /**
     * The list of arbiters.
     *
     * @param epoch its number; 0 while no arbiter has told this node, which then goes by its config file
     * @param changedBy who has made it, empty for the first list
     * @param reason why
     * @param changedAtMillis when, epoch milliseconds; 0 for the first list
     * @param inFile the arbiters that this node's config file names: not obeyed where the books say otherwise
     */
    public record ListView(long epoch, String changedBy, String reason, long changedAtMillis, List<String> inFile) {
        public ListView {
            inFile = List.copyOf(inFile);
        }
    }
}
