package io.rota.hashing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks sorted into tiers by the set of nodes that their selectors admit: least admitted weight first, then by name.
 * Tasks that no node may own are in no tier. Selectors that admit the same nodes share a tier, so that the way in which a
 * selector is written decides nothing. Immutable.
 */
final class Tiers {
    private static final int NOWHERE = -1;

    private final List<Tier> inOrder;

    private Tiers(List<Tier> inOrder) {
        this.inOrder = List.copyOf(inOrder);
    }

    static Tiers of(NodeSet nodes, SortedTasks tasks) {
        List<TagSelector> selectors = tasks.traits().selectors();
        Map<BitSet, Integer> numbers = new HashMap<>();
        List<BitSet> admitted = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int[] tierOf = new int[selectors.size()];
        for (int i = 0; i < tierOf.length; i++) {
            BitSet eligible = admitted(nodes, selectors.get(i));
            String name = selectors.get(i).toString();
            if (eligible.isEmpty()) {
                tierOf[i] = NOWHERE;
                continue;
            }
            int number = numbers.computeIfAbsent(eligible, e -> numbers.size());
            if (number == admitted.size()) {
                admitted.add(eligible);
                names.add(name);
            } else if (name.compareTo(names.get(number)) < 0) {
                names.set(number, name);
            }
            tierOf[i] = number;
        }
        int[][] members = members(tasks, tierOf, admitted.size());
        List<Tier> tiers = new ArrayList<>();
        for (int i = 0; i < members.length; i++) {
            BitSet eligible = admitted.get(i);
            tiers.add(new Tier(eligible, weight(nodes, eligible), names.get(i), members[i], new int[0]));
        }
        tiers.sort(Comparator.comparingLong(Tier::weightMilli).thenComparing(Tier::name));
        return new Tiers(TokenParts.of(nodes, tiers));
    }

    /** How many tasks some node, but not every node may own. */
    long constrainedTasks(NodeSet nodes) {
        return inOrder.stream()
                .filter(tier -> tier.nodes().cardinality() < nodes.size())
                .mapToLong(tier -> tier.tasks().length)
                .sum();
    }

    /** Every tier that has nodes, in the order in which they are placed. */
    List<Tier> inOrder() {
        return inOrder;
    }

    /** Number of tasks that some node may own. */
    long placeableTasks() {
        return inOrder.stream().mapToLong(tier -> tier.tasks().length).sum();
    }

    /** The tier that admits these nodes, which must be the admitted nodes of one of the tasks. */
    Tier admitting(BitSet nodes) {
        return inOrder.stream()
                .filter(tier -> tier.nodes().equals(nodes))
                .findFirst()
                .orElseThrow();
    }

    static BitSet admitted(NodeSet nodes, TagSelector selector) {
        BitSet admitted = new BitSet(nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            admitted.set(node, selector.admits(nodes.node(node)));
        }
        return admitted;
    }

    static long weight(NodeSet nodes, BitSet members) {
        return members.stream().mapToLong(n -> nodes.node(n).weightMilli()).sum();
    }

    private static int[][] members(SortedTasks tasks, int[] tierOf, int tiers) {
        TaskTraits traits = tasks.traits();
        int[] counts = new int[tiers];
        for (int task = 0; task < tasks.size(); task++) {
            int tier = tierOf[traits.selectorOf(task)];
            if (tier != NOWHERE) {
                counts[tier]++;
            }
        }
        int[][] members = new int[tiers][];
        for (int tier = 0; tier < tiers; tier++) {
            members[tier] = new int[counts[tier]];
        }
        int[] next = new int[tiers];
        for (int task = 0; task < tasks.size(); task++) {
            int tier = tierOf[traits.selectorOf(task)];
            if (tier != NOWHERE) {
                members[tier][next[tier]++] = task;
            }
        }
        return members;
    }
}
