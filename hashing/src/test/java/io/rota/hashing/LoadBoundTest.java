package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody is loaded above its cap, everybody who can have an owner has one. */
final class LoadBoundTest {

    @Test
    void noLoadIsAboveItsCapWithoutASaturatedTask() {
        for (long seed = 0; seed < 300; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(1 + random.upTo(20));
            Placement placement = Placement.of(nodes, random.tasks(random.upTo(400)), random.settings());
            for (RingNode node : nodes) {
                long saturated = placement.tasksOf(node.id()).stream()
                        .filter(placement::isSaturated)
                        .count();
                assertThat(placement.loadOf(node.id()) - saturated)
                        .as("seed %d, %s", seed, node.id())
                        .isLessThanOrEqualTo(placement.capOf(node.id()));
            }
        }
    }

    @Test
    void withoutSelectorsNothingIsSaturatedAndTheBoundIsThePapers() {
        for (long seed = 0; seed < 200; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(1 + random.upTo(30));
            int count = random.upTo(1500);
            PlacementSettings settings = new PlacementSettings(50 + random.upTo(400));
            Placement placement = Placement.of(nodes, Samples.tasks(count), settings);
            double weight = nodes.stream().mapToInt(RingNode::weightMilli).sum();
            for (RingNode node : nodes) {
                double bound = (1 + settings.slackMilli() / 1000.0) * count * node.weightMilli() / weight;
                assertThat(placement.loadOf(node.id())).isLessThanOrEqualTo((int) Math.ceil(Math.max(1, bound)));
            }
            for (RingTask task : Samples.tasks(count)) {
                assertThat(placement.isSaturated(task.id())).isFalse();
            }
        }
    }

    @Test
    void eachTaskWithAnAdmittedNodeHasExactlyOneOwner() {
        for (long seed = 0; seed < 200; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(random.upTo(10));
            List<RingTask> tasks = random.tasks(random.upTo(300));
            Placement placement = Placement.of(nodes, tasks, random.settings());
            for (RingTask task : tasks) {
                List<String> admitted = nodes.stream()
                        .filter(task.selector()::admits)
                        .map(RingNode::id)
                        .toList();
                if (admitted.isEmpty()) {
                    assertThat(placement.ownerOf(task.id())).isEmpty();
                } else {
                    assertThat(admitted).contains(placement.ownerOf(task.id()).orElseThrow());
                }
            }
            int owned = nodes.stream()
                    .mapToInt(node -> placement.tasksOf(node.id()).size())
                    .sum();
            assertThat(owned + placement.unownedTasks().size()).isEqualTo(tasks.size());
        }
    }

    @Test
    void nothingIsEscalatedWhereDensityAllows() {
        List<RingNode> nodes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Map<String, String> tags = i % 10 == 0
                    ? Map.of("a", "1", "b", "1")
                    : i % 5 == 0 ? Map.of("a", "1") : i % 2 == 0 ? Map.of("b", "1") : Map.of();
            nodes.add(new RingNode("node-" + i, 1000, tags, ""));
        }
        Placement placement = Placement.of(nodes, taggedTasks(10_000), PlacementSettings.defaults());
        assertThat(placement.assignment().saturated().isEmpty()).isTrue();

        double moved = 0;
        double ideal = 0;
        for (int i = 0; i < 30; i++) {
            Placement after = placement.withoutNode("node-" + i);
            assertThat(after.assignment().saturated().isEmpty()).isTrue();
            moved += Moves.between(placement, after).count();
            ideal += placement.loadOf("node-" + i);
        }
        assertThat(moved / ideal).isLessThan(1.25);
    }

    private static List<RingTask> taggedTasks(int count) {
        List<RingTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = i % 100;
            String selector = kind < 25 ? "a=1" : kind < 44 ? "b=1" : kind < 50 ? "a=1,b=1" : "";
            tasks.add(new RingTask("task-" + i, TagSelector.parse(selector), ""));
        }
        return tasks;
    }

    @Test
    void overlappingTiersGiveWayToEachOther() {
        List<RingNode> nodes = List.of(tagged("left", "a"), tagged("middle", "a", "b"), tagged("right", "b"));
        List<RingTask> tasks = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tasks.add(new RingTask("a-" + i, TagSelector.parse("a=1"), ""));
            tasks.add(new RingTask("b-" + i, TagSelector.parse("b=1"), ""));
        }

        Placement placement = Placement.of(nodes, tasks, PlacementSettings.defaults());

        assertThat(placement.assignment().saturated().isEmpty()).isTrue();
        assertThat(placement.loadOf("middle")).isLessThanOrEqualTo(placement.capOf("middle"));
    }

    @Test
    void whenAllNodesOfATierAreFullTheCapIsRaisedAndTheTaskSaysSo() {
        List<RingNode> nodes =
                List.of(tagged("1", "a", "c"), tagged("2", "a", "b"), tagged("3", "b", "c"), tagged("4"));
        List<RingTask> tasks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            tasks.add(new RingTask("task-" + i, TagSelector.parse("abc".charAt(i % 3) + "=1"), ""));
        }

        Placement placement = Placement.of(nodes, tasks, new PlacementSettings(50));

        assertThat(placement.unownedTasks()).isEmpty();
        assertThat(placement.loadOf("4")).isZero();
        int caps = placement.capOf("1") + placement.capOf("2") + placement.capOf("3");
        long saturated =
                tasks.stream().filter(task -> placement.isSaturated(task.id())).count();
        assertThat(saturated).isEqualTo(300 - caps).isPositive();
    }

    private static RingNode tagged(String id, String... tags) {
        Map<String, String> all = new HashMap<>();
        for (String tag : tags) {
            all.put(tag, "1");
        }
        return new RingNode(id, 1000, all, "");
    }
}
