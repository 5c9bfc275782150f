package io.rota.hashing;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Places one tier in rounds: in round r each unplaced task proposes to the r-th node of its preference list; a node that is
 * asked for more than it has room keeps the best; nobody who was accepted is evicted. The result is the stable matching in
 * which nodes prefer by (rank, distance, task id), hence independent of any order of evaluation (Gale and Shapley 1962).
 * Confined to one matching.
 */
final class TierMatching {
    private final SortedTasks tasks;
    private final Tokens tokens;
    private final BitSet nodes;
    private final Assignment assignment;
    private final SpreadGroups groups;
    private final int[] room;
    private int openNodes;

    /** The nodes are exactly those that have a token. */
    TierMatching(SortedTasks tasks, Tokens tokens, BitSet nodes, Assignment assignment, SpreadGroups groups) {
        this.tasks = tasks;
        this.tokens = tokens;
        this.nodes = nodes;
        this.assignment = assignment;
        this.groups = groups;
        this.room = new int[assignment.loads().length];
    }

    /** Sets the room of each node of the tier to what its load leaves under the ceiling. */
    void openUpTo(int[] ceilings) {
        openNodes = 0;
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            room[node] = Math.max(0, ceilings[node] - assignment.loads()[node]);
            openNodes += room[node] > 0 ? 1 : 0;
        }
    }

    /** Places what finds room and answers the rest, in ring order. The tasks are given in ring order. */
    int[] place(int[] members, boolean isSpread) {
        if (members.length == 0 || openNodes == 0) {
            return members;
        }
        Proposals first = new Proposals(members, FirstChoices.of(tasks, tokens, members), members.length);
        Walkers walkers = new Walkers(tokens, room.length, first, settle(first, isSpread));
        BitSet unplaced = new BitSet();
        int choices = nodes.cardinality();
        for (int rank = 1; rank < choices && walkers.size() > 0 && openNodes > 0; rank++) {
            if (isSpread) {
                dismissUnwelcome(walkers, unplaced);
            }
            walkers.keep(settle(walkers.advance(), isSpread));
        }
        for (int i = 0; i < walkers.size(); i++) {
            unplaced.set(walkers.task(i));
        }
        return unplaced.stream().toArray();
    }

    /** Lets those go whom no node would take in this pass, however far they walked. */
    private void dismissUnwelcome(Walkers walkers, BitSet dismissed) {
        Map<Integer, Boolean> isGroupWelcome = new HashMap<>();
        BitSet kept = new BitSet();
        for (int i = 0; i < walkers.size(); i++) {
            int task = walkers.task(i);
            int group = tasks.traits().groupOf(task);
            boolean isWelcome = isGroupWelcome.computeIfAbsent(group, g -> isWelcomeSomewhere(task));
            kept.set(i, isWelcome);
            dismissed.set(task, !isWelcome);
        }
        walkers.keep(kept);
    }

    private boolean isWelcomeSomewhere(int task) {
        return nodes.stream().anyMatch(node -> room[node] > 0 && !groups.isHeld(task, node));
    }

    private BitSet settle(Proposals proposals, boolean isSpread) {
        BitSet refused = isSpread ? groups.refused(proposals, tokens) : new BitSet();
        int[] wanted = countByNode(proposals, refused);
        int[] next = new int[room.length];
        int contested = 0;
        for (int node = 0; node < room.length; node++) {
            next[node] = contested;
            contested += wanted[node] > room[node] ? wanted[node] : 0;
        }
        BestProposals best = new BestProposals(tasks, proposals, contested);
        boolean hasRefusals = !refused.isEmpty();
        for (int i = 0; i < proposals.size(); i++) {
            if (hasRefusals && refused.get(i)) {
                continue;
            }
            int task = proposals.tasks()[i];
            int token = proposals.tokens()[i];
            int node = tokens.nodes()[token];
            if (wanted[node] <= room[node]) {
                accept(task, node);
            } else {
                best.put(next[node]++, tokens.distance(tasks.position(task), token), i);
            }
        }
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            if (wanted[node] > room[node]) {
                settleContest(node, best, next[node] - wanted[node], next[node], refused);
            }
            fill(node, Math.min(wanted[node], room[node]));
        }
        return refused;
    }

    private int[] countByNode(Proposals proposals, BitSet refused) {
        int[] wanted = new int[room.length];
        for (int i = 0; i < proposals.size(); i++) {
            wanted[tokens.nodes()[proposals.tokens()[i]]]++;
        }
        for (int i = refused.nextSetBit(0); i >= 0; i = refused.nextSetBit(i + 1)) {
            wanted[tokens.nodes()[proposals.tokens()[i]]]--;
        }
        return wanted;
    }

    private void settleContest(int node, BestProposals best, int from, int to, BitSet refused) {
        best.moveBestToFront(from, to, room[node]);
        int border = from + room[node];
        for (int at = from; at < border; at++) {
            accept(best.task(at), node);
        }
        for (int at = border; at < to; at++) {
            refused.set(best.proposal(at));
        }
    }

    private void accept(int task, int node) {
        assignment.give(task, node);
        groups.hold(task, node);
    }

    private void fill(int node, int taken) {
        assignment.loads()[node] += taken;
        room[node] -= taken;
        openNodes -= taken > 0 && room[node] == 0 ? 1 : 0;
    }
}
