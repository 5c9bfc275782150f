package io.rota.hashing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of the placement written down a second time as plainly as possible: maps, sorted lists, whole preference lists.
 * The fast one must answer the same. Caps and token parts are taken from it, since tables of their own test them.
 */
final class NaivePlacement {
    private record Ask(RingTask task, String node, long distance) {}

    private static final Comparator<Ask> PREFERENCE = Comparator.<Ask, Long>comparing(
                    Ask::distance, Long::compareUnsigned)
            .thenComparing(ask -> ask.task().id());

    private final Placement fast;
    private final NodeSet nodes;
    private final Map<String, String> owners = new TreeMap<>();
    private final Map<String, Integer> loads = new HashMap<>();
    private final Map<String, Set<String>> groupsOn = new HashMap<>();

    NaivePlacement(Placement fast) {
        this.fast = fast;
        this.nodes = fast.ring().nodeSet();
        fast.tiers().inOrder().forEach(this::place);
    }

    Map<String, String> owners() {
        return owners;
    }

    private void place(Tier tier) {
        List<RingTask> waiting = new ArrayList<>();
        for (int task : tier.tasks()) {
            waiting.add(fast.taskAt(task));
        }
        Map<String, Integer> ceilings = new HashMap<>();
        tier.nodes().stream().forEach(n -> ceilings.put(nodes.id(n), fast.capOf(nodes.id(n))));
        waiting = pass(waiting, tier, false, true, ceilings);
        waiting = pass(waiting, tier, true, true, ceilings);
        waiting = pass(waiting, tier, true, false, ceilings);
        LoadCaps caps = LoadCaps.of(nodes, fast.tiers(), fast.settings());
        while (!waiting.isEmpty()) {
            ceilings.replaceAll((node, ceiling) -> caps.escalated(ceiling));
            waiting = pass(waiting, tier, true, false, ceilings);
        }
    }

    private List<RingTask> pass(
            List<RingTask> tasks, Tier tier, boolean seesAll, boolean isSpread, Map<String, Integer> ceilings) {
        Map<RingTask, List<Ask>> lists = new HashMap<>();
        tasks.forEach(task -> lists.put(task, preferences(task, tier, seesAll)));
        List<RingTask> waiting = new ArrayList<>(tasks);
        for (int rank = 0; rank < nodes.size(); rank++) {
            Map<String, List<Ask>> asked = new TreeMap<>();
            for (RingTask task : waiting) {
                List<Ask> list = lists.getOrDefault(task, List.of());
                if (rank < list.size()) {
                    Ask ask = list.get(rank);
                    asked.computeIfAbsent(ask.node(), n -> new ArrayList<>()).add(ask);
                }
            }
            asked.forEach((node, asks) -> accept(node, asks, isSpread, ceilings.getOrDefault(node, 0)));
            waiting.removeIf(task -> owners.containsKey(task.id()));
        }
        return waiting;
    }

    private void accept(String node, List<Ask> asks, boolean isSpread, int ceiling) {
        int room = Math.max(0, ceiling - loads.getOrDefault(node, 0));
        List<Ask> kept = new ArrayList<>();
        Set<String> groups = new LinkedHashSet<>(groupsOn.getOrDefault(node, Set.of()));
        asks.sort(PREFERENCE);
        for (Ask ask : asks) {
            String group = ask.task().spreadGroup();
            if (kept.size() < room && (!isSpread || group.isEmpty() || groups.add(group))) {
                kept.add(ask);
            }
        }
        kept.forEach(ask -> {
            owners.put(ask.task().id(), node);
            loads.merge(node, 1, Integer::sum);
            groupsOn.computeIfAbsent(node, n -> new LinkedHashSet<>())
                    .add(ask.task().spreadGroup());
        });
    }

    private List<Ask> preferences(RingTask task, Tier tier, boolean seesAll) {
        Ring ring = fast.ring();
        long position = Ring.positionOf(task.id());
        Map<String, Long> nearest = new HashMap<>();
        for (int i = 0; i < ring.size(); i++) {
            int node = nodes.indexOf(ring.nodeAt(i));
            long distance = ring.positionAt(i) - position;
            boolean isSeen = seesAll || tier.sees(node, ring.positionAt(i));
            if (tier.nodes().get(node) && isSeen) {
                nearest.merge(ring.nodeAt(i), distance, (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b);
            }
        }
        List<Ask> asks = new ArrayList<>();
        nearest.forEach((node, distance) -> asks.add(new Ask(task, node, distance)));
        asks.sort(Comparator.<Ask, Long>comparing(Ask::distance, Long::compareUnsigned)
                .thenComparing(Ask::node));
        return asks;
    }
}
