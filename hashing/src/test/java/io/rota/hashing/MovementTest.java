package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may move, and what must not, when the set changes. */
final class MovementTest {
    /** So much slack that no node is ever full. */
    private static final PlacementSettings UNBOUNDED = new PlacementSettings(10_000);

    private static final PlacementSettings AUTO = PlacementSettings.defaults();

    @Test
    void aLeaveMovesOnlyTheTasksOfTheLeaverWhileNobodyIsFull() {
        for (int n = 2; n < 40; n++) {
            Placement before = Placement.of(Samples.nodes(n), Samples.tasks(20 * n), UNBOUNDED);

            Moves moves = before.whatIf().nodeLeaves("node-1");

            assertThat(moves.all()).allMatch(move -> move.from().equals("node-1"));
            assertThat(moves.count()).isEqualTo(before.loadOf("node-1"));
        }
    }

    @Test
    void aJoinMovesTasksOnlyToTheJoinerWhileNobodyIsFull() {
        for (int n = 1; n < 40; n++) {
            Placement before = Placement.of(Samples.nodes(n), Samples.tasks(20 * n), UNBOUNDED);

            Moves moves = before.whatIf().nodeJoins(RingNode.of("late"));

            assertThat(moves.all()).isNotEmpty().allMatch(move -> move.to().equals("late"));
        }
    }

    @Test
    void aKeyOnlyEverMovesToTheNewestNode() {
        Placement placement = Placement.of(List.of(), Samples.tasks(2000), UNBOUNDED);
        for (RingNode node : Samples.nodes(60)) {
            Placement next = placement.withNode(node);

            assertThat(Moves.between(placement, next).all())
                    .allMatch(move -> move.to().equals(node.id()));
            placement = next;
        }
    }

    @Test
    void doublingAWeightMovesTasksOnlyTowardThatNodeWhileNobodyIsFull() {
        for (int n = 2; n < 30; n++) {
            Placement before = Placement.of(Samples.nodes(n), Samples.tasks(50 * n), UNBOUNDED);

            Moves moves = before.whatIf().weightBecomes("node-0", 2000);

            assertThat(moves.all()).isNotEmpty().allMatch(move -> move.to().equals("node-0"));
        }
    }

    @Test
    void watchersOfATaskKeepAllButOneOfThemselvesOnAJoin() {
        Ring before = Ring.of(Samples.nodes(10));
        Ring after = Ring.of(Samples.nodes(11));
        for (long position = 0; position < 500; position++) {
            long at = XxHash64.hash(position, 1);
            Set<String> kept = new HashSet<>(before.successors(at, 3));
            kept.retainAll(after.successors(at, 3));

            assertThat(kept).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void joinsWithoutTheTagLeaveTaggedTasksAlone() {
        List<RingNode> nodes = new ArrayList<>(Samples.nodes(6));
        for (int i = 0; i < 4; i++) {
            nodes.add(new RingNode("ssd-" + i, 1000, Map.of("disk", "ssd"), ""));
        }
        List<RingTask> tasks = new ArrayList<>(Samples.tasks(100));
        for (int i = 0; i < 100; i++) {
            tasks.add(new RingTask("picky-" + i, TagSelector.parse("disk=ssd"), ""));
        }
        Placement before = Placement.of(nodes, tasks, UNBOUNDED);

        Moves moves = before.whatIf().nodeJoins(RingNode.of("plain"));

        assertThat(moves.all()).isNotEmpty().noneMatch(move -> move.taskId().startsWith("picky"));
    }

    @Test
    void remapsStayNearTheExpectedNumber() {
        for (int n = 2; n <= 50; n += 7) {
            int tasks = 5000;
            Placement before = Placement.of(Samples.nodes(n), Samples.tasks(tasks), UNBOUNDED);

            int moved = before.whatIf().nodeJoins(RingNode.of("late")).count();

            assertThat((double) moved).isLessThan(1.2 * tasks / (n + 1) + 20);
        }
    }

    @Test
    void noSingleChangeMovesMoreThanThreeTimesTheIdeal() {
        for (int average : new int[] {10, 100}) {
            for (int n : new int[] {10, 50, 200}) {
                Placement before = Placement.of(Samples.nodes(n), Samples.tasks(n * average), AUTO);
                for (int i = 0; i < 10; i++) {
                    String leaver = "node-" + i;
                    int ideal = before.loadOf(leaver);
                    int moved = before.whatIf().nodeLeaves(leaver).count();
                    assertThat(moved).as("%s of %d", leaver, n).isBetween(ideal, 3 * ideal);

                    Moves moves = before.whatIf().nodeJoins(RingNode.of("late-" + i));
                    assertThat(moves.count())
                            .isLessThanOrEqualTo(3 * moves.to("late-" + i).count());
                }
            }
        }
    }

    @Test
    void movesStayNearTheIdealOnAverage() {
        assertMeanMoves(10, 10, 1.08);
        assertMeanMoves(10, 100, 1.04);
        assertMeanMoves(100, 10, 1.25);
        assertMeanMoves(100, 100, 1.08);
    }

    private static void assertMeanMoves(int n, int average, double bound) {
        double moved = 0;
        double ideal = 0;
        for (int sample = 0; sample < 200 / n; sample++) {
            String suffix = "-" + sample;
            List<RingTask> tasks = Samples.tasks(n * average).stream()
                    .map(task -> RingTask.of(task.id() + suffix))
                    .toList();
            Placement before = Placement.of(Samples.nodes(n), tasks, AUTO);
            for (int i = 0; i < 10; i++) {
                ideal += before.loadOf("node-" + i);
                moved += before.whatIf().nodeLeaves("node-" + i).count();
            }
        }
        assertThat(moved / ideal).as("N=%d average=%d", n, average).isLessThan(bound);
    }

    @Test
    void addingOneTaskMovesAtMostFiveOthers() {
        for (int average : new int[] {10, 100}) {
            Placement before = Placement.of(Samples.nodes(100), Samples.tasks(100 * average), AUTO);
            for (int i = 0; i < 100; i++) {
                Moves moves = before.whatIf().taskIsAdded(RingTask.of("extra-" + i));

                assertThat(moves.count()).isBetween(1, 6);
            }
        }
    }

    @Test
    void losingAThirdOfTheNodesMovesLittleMoreThanTheirTasks() {
        List<RingNode> nodes = Samples.nodes(60);
        Placement before = Placement.of(nodes, Samples.tasks(6000), new PlacementSettings(250));
        int lost = 0;
        for (RingNode node : nodes.subList(0, 20)) {
            lost += before.loadOf(node.id());
        }

        Placement after = before.withNodes(nodes.subList(20, 60));

        assertThat(Moves.between(before, after).count()).isBetween(lost, lost + lost / 20);
    }
}
