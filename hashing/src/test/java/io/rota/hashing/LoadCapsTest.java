package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadCapsTest {

    @ParameterizedTest
    @CsvSource({
        // tasks, constrained ones, tokens, nodes, slack in 65,536ths:
        // 1.53 * sqrt(nodes / tasks * (1 + 0.6 * constrained / tasks) + nodes / tokens) between 0.05 and 0.6
        "1000, 0, 409600, 100, 31740", // 1.53 * sqrt(0.1 + 0.00024) = 0.4843
        "10000, 0, 409600, 100, 10146", // 0.1548
        "100000, 0, 409600, 100, 3536", // 0.05396
        "500, 0, 409600, 100, 39321", // 0.6845, lowered to 0.6
        "1000, 0, 100, 100, 39321", // one token a node: 1.6, lowered to 0.6
        "160, 0, 40960, 10, 25111", // 0.3832
        "16777216, 0, 4096, 1, 3276", // 0.0239, raised to 0.05
        "1000, 500, 409600, 100, 36179", // half of the tasks constrained: 1.53 * sqrt(0.1 * 1.3 + 0.00024) = 0.5522
        "0, 0, 20480, 5, 39321",
    })
    void automaticSlackIsClampedAndExact(long tasks, long constrained, long tokens, int nodes, int expected) {
        assertThat(LoadCaps.automaticSlack(tasks, constrained, tokens, nodes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // share and slack in 65,536ths, dither, cap
        "655360, 0, 0, 10", // 10 tasks
        "655360, 0, 65535, 10", // 10 + 0.99998
        "655360, 32768, 0, 15", // 1.5 * 10
        "658637, 32768, 0, 15", // 1.5 * 10.05 = 15.075
        "658637, 32768, 60620, 15", // + 0.92498 = 15.99998
        "658637, 32768, 60622, 16", // + 0.92502 = 16.00002
        "1, 0, 0, 1", // never below one
    })
    void capIsFlooredAfterSlackAndDither(long share, int slack, int dither, int expected) {
        assertThat(LoadCaps.cap(share, slack, dither)).isEqualTo(expected);
    }

    @Test
    void capsStepOneByOneAsTasksAreAdded() {
        List<RingNode> nodes = Samples.nodes(100);
        List<RingTask> tasks = new ArrayList<>(Samples.tasks(1000));
        for (int added = 0; added < 50; added++) {
            Placement before = Placement.of(nodes, tasks, new PlacementSettings(100));
            tasks.add(RingTask.of("more-" + added));
            Placement after = Placement.of(nodes, tasks, new PlacementSettings(100));
            long stepped = nodes.stream()
                    .filter(node -> before.capOf(node.id()) != after.capOf(node.id()))
                    .count();

            assertThat(stepped).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void aTierCountsTheTasksOfTheTiersInsideIt() {
        List<RingNode> nodes = List.of(
                new RingNode("both", 1000, Map.of("a", "1", "b", "1"), ""),
                new RingNode("only-a", 1000, Map.of("a", "1"), ""),
                RingNode.of("plain"));
        List<RingTask> tasks = new ArrayList<>();
        addTasks(tasks, 30, "a=1,b=1"); // density 30 on both
        addTasks(tasks, 50, "a=1"); // with the ones inside: 80 / 2 = 40 on both and only-a
        addTasks(tasks, 10, ""); // 90 / 3 = 30 everywhere

        Placement placement = Placement.of(nodes, tasks, new PlacementSettings(100));

        assertThat(placement.capOf("both")).isBetween(44, 45);
        assertThat(placement.capOf("only-a")).isBetween(44, 45);
        assertThat(placement.capOf("plain")).isBetween(33, 34);
    }

    @Test
    void capsFollowWeights() {
        List<RingNode> nodes = List.of(RingNode.of("one"), RingNode.of("three").withWeightMilli(3000));

        Placement placement = Placement.of(nodes, Samples.tasks(400), new PlacementSettings(100));

        assertThat(placement.capOf("one")).isBetween(110, 111);
        assertThat(placement.capOf("three")).isBetween(330, 331);
    }

    @Test
    void escalationAlwaysMakesRoom() {
        LoadCaps caps = new LoadCaps(new int[0], LoadCaps.ONE / 20);

        assertThat(caps.escalated(1)).isEqualTo(2);
        assertThat(caps.escalated(100)).isEqualTo(104);
        assertThat(caps.escalated(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    private static void addTasks(List<RingTask> tasks, int count, String selector) {
        for (int i = 0; i < count; i++) {
            tasks.add(new RingTask("task-" + tasks.size(), TagSelector.parse(selector), ""));
        }
    }
}
