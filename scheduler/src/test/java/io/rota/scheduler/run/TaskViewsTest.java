package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.engine.Engine;
import io.rota.scheduler.engine.Phase;
import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.peer.NodeReport.TaskReport;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskViewsTest {
    private static final TaskDefinition TASK = Tasks.service("a");

    private static Member member(String name, MemberState state, Participation participation) {
        return new Member(
                name,
                1,
                1,
                state,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700),
                MemberMetadata.empty().with(participation));
    }

    private static ClusterRing ring(Member... members) {
        return ClusterRing.of(
                new MembershipView(1, 1, List.of(members)), FileInForce.of(new TaskFile(0, List.of(TASK))));
    }

    private static ClusterRing onlyN1() {
        return ring(member("n1", MemberState.ALIVE, Participation.ACTIVE));
    }

    private static TaskReport report(TaskView.State state, RunState... runs) {
        var views = new ArrayList<RunView>();
        for (var run : runs) {
            views.add(new RunView("a@1", "a", "n", run, "", Instant.EPOCH, null, null, null, null, null, ""));
        }
        return new TaskReport("a", state, "", 0, views);
    }

    @Test
    void aTaskThatTheFileInForceLacksIsOver() {
        var view = TaskViews.of(Tasks.service("gone"), onlyN1(), Map.of());

        assertThat(view.state()).isEqualTo(TaskView.State.FINISHED);
        assertThat(view.reason()).contains("the task file in force does not hold it");
    }

    @Test
    void aCopyIsSurplusOnceItHasBeenSoForLongerThanAReportIsOld() {
        var watch = new SurplusWatch();

        assertThat(watch.confirmed(0, Set.of("a"))).isEmpty();
        assertThat(watch.confirmed(SurplusWatch.CONFIRM_NANOS, Set.of())).isEmpty();
        assertThat(watch.confirmed(SurplusWatch.CONFIRM_NANOS, Set.of("a"))).isEmpty();
        assertThat(watch.confirmed(2 * SurplusWatch.CONFIRM_NANOS, Set.of("a"))).containsExactly("a");
    }

    @Test
    void theOwnersWordCounts() {
        var view = TaskViews.of(TASK, onlyN1(), Map.of("n1", report(TaskView.State.RUNNING, RunState.RUNNING)));

        assertThat(view.state()).isEqualTo(TaskView.State.RUNNING);
        assertThat(view.owner()).isEqualTo("n1");
        assertThat(view.runningOn()).containsExactly("n1");
    }

    @Test
    void anOwnerThatHasNotReportedIsUnknown() {
        assertThat(TaskViews.of(TASK, onlyN1(), Map.of()).state()).isEqualTo(TaskView.State.UNKNOWN);
    }

    @Test
    void withoutAnEligibleNodeItIsBlockedWithTheReason() {
        var draining = ring(
                member("n1", MemberState.ALIVE, Participation.DRAINING),
                member("n2", MemberState.DEAD, Participation.ACTIVE),
                member("n3", MemberState.ALIVE, Participation.JOINING));

        var view = TaskViews.of(TASK, draining, Map.of());

        assertThat(view.state()).isEqualTo(TaskView.State.BLOCKED);
        assertThat(view.reason()).contains("no live node is eligible");
    }

    @Test
    void twoCopiesAreAnAlarmAndACopyThatStopsIsNot() {
        var two = Map.of(
                "n1", report(TaskView.State.RUNNING, RunState.RUNNING),
                "n2", report(TaskView.State.RUNNING, RunState.RUNNING));
        var handingOver = Map.of(
                "n1", report(TaskView.State.RUNNING, RunState.RUNNING),
                "n2", report(TaskView.State.STOPPING, RunState.STOPPING));

        assertThat(TaskViews.of(TASK, onlyN1(), two).state()).isEqualTo(TaskView.State.DOUBLE_RUN);
        assertThat(TaskViews.of(TASK, onlyN1(), handingOver).state()).isEqualTo(TaskView.State.RUNNING);
    }

    @Test
    void aCopyThatIsNotOwnedIsSurplusOnlyIfItsOwnerRunsItToo() {
        var standing = new Engine.Standing(TASK, Phase.RUNNING, "", false, false, 0, null, null);
        var runs = Map.of("n1", report(TaskView.State.RUNNING, RunState.RUNNING));
        var starts = Map.of("n1", report(TaskView.State.STARTING, RunState.DUE));

        assertThat(SurplusWatch.surplus(List.of(standing), onlyN1(), task -> runs))
                .containsExactly("a");
        assertThat(SurplusWatch.surplus(List.of(standing), onlyN1(), task -> starts))
                .isEmpty();
    }

    @Test
    void theRingViewHasArcsFromZeroInOrderWithoutRepeats() {
        var arcs = RingViews.of(ring(
                        member("n1", MemberState.ALIVE, Participation.ACTIVE),
                        member("n2", MemberState.ALIVE, Participation.ACTIVE)))
                .arcs();

        assertThat(arcs.get(0)).isZero();
        for (int i = 2; i < arcs.size(); i += 2) {
            assertThat(arcs.get(i)).isGreaterThan(arcs.get(i - 2));
            assertThat(arcs.get(i + 1)).isNotEqualTo(arcs.get(i - 1));
        }
    }
}
