package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    private static final PlacementSettings AUTO = PlacementSettings.defaults();

    @Test
    void withoutNodesNobodyOwnsAndNothingThrows() {
        Placement placement = Placement.of(List.of(), Samples.tasks(5), AUTO);

        assertThat(placement.ownerOf("task-0")).isEmpty();
        assertThat(placement.standbysOf("task-0", 2)).isEmpty();
        assertThat(placement.unownedTasks()).hasSize(5);
        assertThat(placement.ring().arcs()).isEmpty();
        assertThat(placement.withNode(RingNode.of("n")).tasksOf("n")).hasSize(5);
    }

    @Test
    void withoutTasksEachNodeIsIdle() {
        Placement placement = Placement.of(Samples.nodes(3), List.of(), AUTO);

        assertThat(placement.taskCount()).isZero();
        assertThat(placement.loadOf("node-0")).isZero();
        assertThat(placement.ownerOf("nothing")).isEmpty();
    }

    @Test
    void eachTaskHasOneOwnerAndEachOwnerListsIt() {
        Placement placement = Placement.of(Samples.nodes(7), Samples.tasks(300), AUTO);

        for (RingTask task : Samples.tasks(300)) {
            String owner = placement.ownerOf(task.id()).orElseThrow();
            assertThat(placement.tasksOf(owner)).contains(task.id());
        }
        int sum = Samples.nodes(7).stream()
                .mapToInt(node -> placement.loadOf(node.id()))
                .sum();
        assertThat(sum).isEqualTo(300);
    }

    @Test
    void unknownNamesAreAnsweredNotThrown() {
        Placement placement = Placement.of(Samples.nodes(2), Samples.tasks(2), AUTO);

        assertThat(placement.ownerOf("no such task")).isEmpty();
        assertThat(placement.indexOf("no such task")).isEqualTo(-1);
        assertThat(placement.isSaturated("no such task")).isFalse();
        assertThat(placement.tasksOf("no such node")).isEmpty();
        assertThat(placement.loadOf("no such node")).isZero();
        assertThat(placement.capOf("no such node")).isZero();
        assertThat(placement.withoutNode("no such node").fingerprint()).isEqualTo(placement.fingerprint());
        assertThat(placement.withoutTask("no such task").fingerprint()).isEqualTo(placement.fingerprint());
    }

    @Test
    void onlyNodesThatTheSelectorAdmitsOwnATask() {
        RingNode ssd = new RingNode("ssd", 1000, Map.of("disk", "ssd"), "");
        RingTask picky = new RingTask("picky", TagSelector.parse("disk=ssd"), "");
        RingTask impossible = new RingTask("impossible", TagSelector.parse("gpu=*"), "");

        Placement placement =
                Placement.of(List.of(RingNode.of("a"), ssd, RingNode.of("b")), List.of(picky, impossible), AUTO);

        assertThat(placement.ownerOf("picky")).contains("ssd");
        assertThat(placement.ownerOf("impossible")).isEmpty();
        assertThat(placement.unownedTasks()).containsExactly("impossible");
        assertThat(placement.standbysOf("picky", 3)).isEmpty();
    }

    @Test
    void theFirstStandbyIsTheNextOwnerAfterACrash() {
        Placement placement = Placement.of(Samples.nodes(5), Samples.tasks(50), new PlacementSettings(10_000));

        for (RingTask task : Samples.tasks(50)) {
            String standby = placement.standbysOf(task.id(), 1).get(0);
            String owner = placement.ownerOf(task.id()).orElseThrow();
            assertThat(placement.withoutNode(owner).ownerOf(task.id())).contains(standby);
        }
    }

    @Test
    void eachStandbyIsTheOwnerOnceAllBeforeItAreGone() {
        for (long seed = 0; seed < 60; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(2 + random.upTo(6)).stream()
                    .map(node -> new RingNode(node.id(), node.weightMilli(), node.tags(), ""))
                    .toList();
            RingTask task = new RingTask("task-" + seed, random.task().selector(), "");
            Placement placement = Placement.of(nodes, List.of(task), new PlacementSettings(10_000));
            for (String standby : placement.standbysOf(task.id(), nodes.size())) {
                placement = placement.withoutNode(placement.ownerOf(task.id()).orElseThrow());

                assertThat(placement.ownerOf(task.id())).as("seed %d", seed).contains(standby);
            }
        }
    }

    @Test
    void standbysPreferOtherZonesFirst() {
        List<RingNode> nodes = List.of(
                new RingNode("a1", 1000, Map.of(), "a"),
                new RingNode("a2", 1000, Map.of(), "a"),
                new RingNode("b1", 1000, Map.of(), "b"),
                new RingNode("b2", 1000, Map.of(), "b"));
        Placement placement = Placement.of(nodes, Samples.tasks(40), AUTO);

        for (RingTask task : Samples.tasks(40)) {
            String owner = placement.ownerOf(task.id()).orElseThrow();
            List<String> standbys = placement.standbysOf(task.id(), 3);
            assertThat(standbys).hasSize(3).doesNotContain(owner).doesNotHaveDuplicates();
            assertThat(standbys.get(0).charAt(0)).isNotEqualTo(owner.charAt(0));
        }
    }

    @Test
    void nodesWithoutAZoneAreZonesOfTheirOwn() {
        List<RingNode> nodes = List.of(
                RingNode.of("a"), RingNode.of("b"), RingNode.of("c"), new RingNode("d", 1000, Map.of(), "node"));
        Placement placement = Placement.of(nodes, Samples.tasks(50), new PlacementSettings(10_000));

        for (RingTask task : Samples.tasks(50)) {
            List<String> inRingOrder = placement.ring().successors(Ring.positionOf(task.id()));
            assertThat(placement.standbysOf(task.id(), 3)).isEqualTo(inRingOrder.subList(1, 4));
        }
    }

    @Test
    void membersOfASpreadGroupAvoidEachOtherWhileThereAreNodes() {
        List<RingTask> group = Samples.tasks(4).stream()
                .map(task -> new RingTask(task.id(), TagSelector.any(), "replicas"))
                .toList();

        Placement four = Placement.of(Samples.nodes(4), group, AUTO);
        Placement two = four.withoutNode("node-0").withoutNode("node-1");

        assertThat(group.stream().map(task -> four.ownerOf(task.id()).orElseThrow()))
                .doesNotHaveDuplicates();
        assertThat(two.loadOf("node-2")).isBetween(1, 3);
        assertThat(two.loadOf("node-3")).isEqualTo(4 - two.loadOf("node-2"));
    }

    @Test
    void aHeavierNodeOwnsMore() {
        List<RingNode> nodes =
                List.of(RingNode.of("light"), RingNode.of("heavy").withWeightMilli(3000));

        Placement placement = Placement.of(nodes, Samples.tasks(4000), AUTO);

        assertThat(placement.loadOf("heavy")).isBetween(2800, 3150);
    }

    @Test
    void taskNumbersAnswerLikeTaskNames() {
        Placement placement = Placement.of(Samples.nodes(5), Samples.tasks(100), AUTO);

        for (RingTask task : Samples.tasks(100)) {
            int index = placement.indexOf(task.id());
            assertThat(placement.taskAt(index)).isEqualTo(task);
            assertThat(placement.ownerAt(index)).isEqualTo(placement.ownerOf(task.id()));
        }
    }

    @Test
    void tasksCanBeReplacedInOneStep() {
        Placement placement = Placement.of(Samples.nodes(3), Samples.tasks(3), AUTO);
        RingTask changed = new RingTask("task-1", TagSelector.parse("gpu=yes"), "");

        Placement after = placement.withTasks(Set.of("task-0", "task-1"), List.of(changed, RingTask.of("task-9")));

        assertThat(after.taskCount()).isEqualTo(3);
        assertThat(after.unownedTasks()).containsExactly("task-1");
        assertThat(after.ownerOf("task-0")).isEmpty();
    }
}
