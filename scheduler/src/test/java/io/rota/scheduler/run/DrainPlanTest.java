package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.PlanView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What draining would move, and what keeps a node from leaving. */
class DrainPlanTest {
    private static final List<TaskDefinition> TASKS =
            IntStream.range(0, 12).mapToObj(i -> Tasks.service("s" + i)).toList();

    private static ClusterRing ring(Participation third) {
        return ClusterRings.of(
                new Member[] {
                    ClusterRings.member("n1", Participation.ACTIVE),
                    ClusterRings.member("n2", Participation.ACTIVE),
                    ClusterRings.member("n3", third)
                },
                TASKS);
    }

    @Test
    void theMovesAreThoseThatDrainingReallyBrings() {
        var before = ring(Participation.ACTIVE);
        var after = ring(Participation.DRAINING);

        var plan = DrainPlan.of(before, "n3", false, before.placement().tasksOf("n3"), false);

        assertThat(plan.moves()).isNotEmpty();
        for (var task : TASKS) {
            var was = before.placement().ownerOf(task.name()).orElseThrow();
            var becomes = after.placement().ownerOf(task.name()).orElseThrow();
            var move = new PlanView.Move(task.name(), was, becomes);
            assertThat(plan.moves().contains(move)).as(task.name()).isEqualTo(!was.equals(becomes));
        }
        assertThat(plan.blocked()).isEmpty();
        assertThat(plan.mayLeave()).isFalse();
    }

    @Test
    void whatStaysThereAgainstTheRingsWillMovesToo() {
        var ring = ring(Participation.ACTIVE);
        var guest = ring.placement().tasksOf("n1").get(0);

        var plan = DrainPlan.of(ring, "n3", false, List.of(guest), false);

        assertThat(plan.moves())
                .filteredOn(move -> move.task().equals(guest))
                .singleElement()
                .extracting(PlanView.Move::from)
                .isEqualTo("n3");
    }

    @Test
    void aNodeMayLeaveOnceNothingRunsThereAndNothingIsOwed() {
        var ring = ring(Participation.DRAINING);

        assertThat(DrainPlan.of(ring, "n3", true, List.of("s1"), false).mayLeave())
                .isFalse();
        assertThat(DrainPlan.of(ring, "n3", true, List.of(), true).mayLeave()).isFalse();
        assertThat(DrainPlan.of(ring, "n3", false, List.of(), false).mayLeave()).isFalse();
        assertThat(DrainPlan.of(ring(Participation.ACTIVE), "n3", true, List.of(), false)
                        .mayLeave())
                .as("the others have not heard of it yet")
                .isFalse();
        assertThat(DrainPlan.of(ring, "n3", true, List.of(), false).mayLeave()).isTrue();
    }

    @Test
    void whatNobodyElseMayRunIsBlockedWithTheReasonBeforeAndAfter() {
        var tagged = Tasks.service("t").withTags(new TreeMap<>(Map.of("gpu", "1")));
        Member[] nodes = {
            ClusterRings.member("n1", Participation.JOINING), ClusterRings.member("n2", Participation.ACTIVE)
        };
        var plan = DrainPlan.of(
                ClusterRings.of(nodes, List.of(Tasks.service("a"), tagged)), "n2", false, List.of(), false);
        assertThat(plan.blocked())
                .containsExactly(new DrainView.Blocked("a", "no other live node is eligible: n1 has not joined yet"));

        Member[] draining = {
            ClusterRings.member("n1", Participation.DRAINING), ClusterRings.member("n2", Participation.DRAINING)
        };
        var ring = ClusterRings.of(draining, List.of(Tasks.service("a"), tagged));
        assertThat(DrainPlan.of(ring, "n2", true, List.of(), false).blocked())
                .extracting(DrainView.Blocked::reason)
                .containsExactly("no other live node is eligible: n1 is draining");
        assertThat(Eligibility.whyNobody(ring, "a"))
                .isEqualTo("no live node is eligible: n1 is draining, n2 is draining");
        assertThat(Eligibility.whyNobody(ring, "t")).isEqualTo("no live node is eligible: none carries its tags gpu=1");
    }

    @Test
    void onlyANodeThatDrainsStopsWhatTheRingGivesToNobody() {
        var outlines = FileInForce.of(new TaskFile(0, List.of(Tasks.service("a"))))
                .tasks()
                .values();
        Member[] draining = {ClusterRings.member("n1", Participation.DRAINING)};
        Member[] joining = {ClusterRings.member("n1", Participation.JOINING)};
        var task = List.of(Tasks.service("a"));

        assertThat(ClusterRings.of(draining, task)
                        .targetsOf("n1", List.copyOf(outlines))
                        .homeless())
                .containsExactly("a");
        assertThat(ClusterRings.of(joining, task)
                        .targetsOf("n1", List.copyOf(outlines))
                        .homeless())
                .isEmpty();
    }
}
