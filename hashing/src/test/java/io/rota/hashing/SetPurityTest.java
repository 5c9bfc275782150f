package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The placement is a function of sets: no order, no history, no difference between the ways to compute it. */
final class SetPurityTest {

    @Test
    void orderOfNodesAndTasksDecidesNothing() {
        for (long seed = 0; seed < 200; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(random.upTo(12));
            List<RingTask> tasks = random.tasks(random.upTo(150));
            PlacementSettings settings = random.settings();

            Placement one = Placement.of(nodes, tasks, settings);
            Placement other = Placement.of(random.shuffled(nodes), random.shuffled(tasks), settings);

            assertSame(one, other, seed);
        }
    }

    @Test
    void incrementalEqualsFromScratchAfterAnyTrace() {
        for (long seed = 0; seed < 60; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = new ArrayList<>(random.nodes(random.upTo(8)));
            List<RingTask> tasks = new ArrayList<>(random.tasks(random.upTo(80)));
            PlacementSettings settings = random.settings();
            Placement placement = Placement.of(nodes, tasks, settings);
            for (int event = 0; event < 25; event++) {
                placement = anyEvent(random, nodes, tasks, placement);

                assertSame(placement, Placement.of(nodes, tasks, settings), seed);
            }
        }
    }

    @Test
    void changedTasksEqualThoseFromScratchWhereAllAreAlikeAndWhereTheyAreNot() {
        TagSelector ssd = TagSelector.parse("disk=ssd");
        for (long seed = 0; seed < 60; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(1 + random.upTo(6));
            Map<String, RingTask> tasks = new TreeMap<>();
            Placement placement = Placement.of(nodes, List.of(), PlacementSettings.defaults());
            for (int event = 0; event < 20; event++) {
                Set<String> removed = new TreeSet<>(Set.of("never there"));
                Map<String, RingTask> added = new TreeMap<>();
                for (int i = random.upTo(5); i > 0; i--) {
                    removed.add("task-" + random.upTo(30));
                    String id = "task-" + random.upTo(30);
                    boolean isPicky = random.chance(3);
                    String group = random.chance(3) ? "group" : "";
                    added.put(id, new RingTask(id, isPicky ? ssd : TagSelector.any(), group));
                }
                removed.addAll(added.keySet());
                tasks.keySet().removeAll(removed);
                tasks.putAll(added);

                placement = placement.withTasks(removed, added.values());

                Placement fresh = Placement.of(nodes, tasks.values(), PlacementSettings.defaults());
                assertSame(placement, fresh, seed);
                assertThat(placement.tasks().traits().selectors())
                        .isEqualTo(fresh.tasks().traits().selectors());
            }
        }
    }

    private static Placement anyEvent(
            RandomCluster random, List<RingNode> nodes, List<RingTask> tasks, Placement placement) {
        return switch (random.upTo(4)) {
            case 0 -> nodeJoins(random, nodes, placement);
            case 1 -> nodeLeaves(random, nodes, placement);
            case 2 -> weightChanges(random, nodes, placement);
            case 3 -> taskComes(random, tasks, placement);
            default -> taskGoes(random, tasks, placement);
        };
    }

    private static Placement nodeJoins(RandomCluster random, List<RingNode> nodes, Placement placement) {
        RingNode node = random.node();
        nodes.add(node);
        return placement.withNode(node);
    }

    private static Placement nodeLeaves(RandomCluster random, List<RingNode> nodes, Placement placement) {
        if (nodes.isEmpty()) {
            return placement;
        }
        RingNode node = random.pick(nodes);
        nodes.remove(node);
        return placement.withoutNode(node.id());
    }

    private static Placement weightChanges(RandomCluster random, List<RingNode> nodes, Placement placement) {
        if (nodes.isEmpty()) {
            return placement;
        }
        RingNode old = random.pick(nodes);
        RingNode node = old.withWeightMilli(1 + random.upTo(500));
        nodes.set(nodes.indexOf(old), node);
        return placement.withNode(node);
    }

    private static Placement taskComes(RandomCluster random, List<RingTask> tasks, Placement placement) {
        RingTask task = random.task();
        tasks.add(task);
        return placement.withTask(task);
    }

    private static Placement taskGoes(RandomCluster random, List<RingTask> tasks, Placement placement) {
        if (tasks.isEmpty()) {
            return placement;
        }
        RingTask task = random.pick(tasks);
        tasks.remove(task);
        return placement.withoutTask(task.id());
    }

    @Test
    void theFastPlacementAgreesWithThePlainOne() {
        int saturatedCases = 0;
        for (long seed = 0; seed < 120; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(1 + random.upTo(6)).stream()
                    .map(node -> node.withWeightMilli(node.weightMilli() / 10))
                    .toList();
            Placement fast = Placement.of(nodes, random.tasks(random.upTo(100)), random.settings());

            assertThat(owners(fast)).as("seed %d", seed).isEqualTo(new NaivePlacement(fast).owners());
            saturatedCases += fast.assignment().saturated().isEmpty() ? 0 : 1;
        }
        assertThat(saturatedCases).isPositive();
    }

    @Test
    void leaveAndRejoinIsTheIdentity() {
        for (long seed = 0; seed < 100; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(2 + random.upTo(10));
            Placement before = Placement.of(nodes, random.tasks(200), random.settings());
            RingNode restarted = random.pick(nodes);

            Placement after = before.withoutNode(restarted.id()).withNode(restarted);

            assertThat(Moves.between(before, after).all()).isEmpty();
        }
    }

    @Test
    void recomputingWithoutAChangeMovesNothing() {
        for (long seed = 0; seed < 100; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(random.upTo(10));
            Placement before = Placement.of(nodes, random.tasks(200), random.settings());

            assertThat(before.withNodes(nodes).fingerprint()).isEqualTo(before.fingerprint());
            assertThat(before.withTasks(Set.of(), List.of()).fingerprint()).isEqualTo(before.fingerprint());
        }
    }

    @Test
    void theFingerprintSeesOneMovedTask() {
        Placement placement = Placement.of(Samples.nodes(3), Samples.tasks(1000), PlacementSettings.defaults());

        Placement other = placement.withTask(new RingTask("task-7", TagSelector.parse("no=where"), ""));

        assertThat(other.fingerprint()).isNotEqualTo(placement.fingerprint());
    }

    private static void assertSame(Placement one, Placement other, long seed) {
        assertThat(owners(one)).as("seed %d", seed).isEqualTo(owners(other));
        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
        assertThat(one.ring().positions()).isEqualTo(other.ring().positions());
        for (RingNode node : one.ring().nodes()) {
            assertThat(one.capOf(node.id())).isEqualTo(other.capOf(node.id()));
            assertThat(one.loadOf(node.id())).isEqualTo(other.loadOf(node.id()));
        }
    }

    private static Map<String, String> owners(Placement placement) {
        Map<String, String> owners = new TreeMap<>();
        for (int task = 0; task < placement.taskCount(); task++) {
            int index = task;
            placement
                    .ownerAt(task)
                    .ifPresent(owner -> owners.put(placement.taskAt(index).id(), owner));
        }
        return owners;
    }
}
