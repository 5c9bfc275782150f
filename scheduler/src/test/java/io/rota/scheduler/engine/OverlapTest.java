package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of an occurrence that meets a run under way. */
class OverlapTest {
    private static OneNode minutely(Overlap overlap) {
        var task = Tasks.cron("a", "* * * * *", "UTC").with(Tasks.policy(overlap, CatchUp.NONE, Duration.ofSeconds(5)));
        return new OneNode(task, "2026-11-24T12:00:00Z").own().pass(60_000).up();
    }

    @Test
    void skipRecordsIt() {
        var node = minutely(Overlap.SKIP).pass(60_000);

        assertThat(node.runs()).containsExactly("12:01:00 RUNNING", "12:02:00 SKIPPED");
        assertThat(node.reasonOf(RunState.SKIPPED)).isEqualTo("the run before it is still under way (overlap: skip)");
    }

    @Test
    void queueStartsThemInOrderHoweverLongTheyWaited() {
        var node = minutely(Overlap.QUEUE);
        var first = node.lastStarted();

        node.pass(120_000);
        assertThat(node.runs()).containsExactly("12:01:00 RUNNING", "12:02:00 QUEUED", "12:03:00 QUEUED");
        node.exit(first, 0).runAndExit(0);

        assertThat(node.runs()).containsExactly("12:01:00 SUCCEEDED", "12:02:00 SUCCEEDED", "12:03:00 STARTING");
    }

    @Test
    void aFullQueueTakesNoMore() {
        var node = minutely(Overlap.QUEUE)
                .pass(Duration.ofMinutes(RunLine.MOST_WAITING + 1).toMillis());

        assertThat(node.runs().stream().filter(run -> run.endsWith("QUEUED"))).hasSize(RunLine.MOST_WAITING);
        assertThat(node.reasonOf(RunState.SKIPPED)).isEqualTo("100 occurrences before it wait already");
    }

    @Test
    void aQueueIsCancelledWhenTheTaskGoesElsewhere() {
        var node = minutely(Overlap.QUEUE).pass(60_000).disown();

        assertThat(node.runs()).containsExactly("12:01:00 RUNNING", "12:02:00 CANCELLED");
    }

    @Test
    void replaceStopsTheOldOneBeforeTheNewOneStarts() {
        var node = minutely(Overlap.REPLACE);
        var first = node.lastStarted();

        node.pass(60_000);
        assertThat(node.runs()).containsExactly("12:01:00 STOPPING", "12:02:00 QUEUED");
        node.exit(first, 143);

        assertThat(node.runs()).containsExactly("12:01:00 CANCELLED", "12:02:00 STARTING");
    }

    @Test
    void replaceSkipsWhatDidNotStartYet() {
        var node = minutely(Overlap.REPLACE).pass(120_000);

        assertThat(node.runs()).containsExactly("12:01:00 STOPPING", "12:02:00 SKIPPED", "12:03:00 QUEUED");
    }

    @Test
    void allowRunsThemSideBySideUpToALimit() {
        var node = minutely(Overlap.ALLOW);
        for (int i = 1; i <= RunLanes.MOST; i++) {
            node.pass(60_000);
            if (i < RunLanes.MOST) {
                node.up();
            }
        }

        assertThat(node.runs().stream().filter(run -> run.endsWith("RUNNING"))).hasSize(RunLanes.MOST);
        assertThat(node.reasonOf(RunState.SKIPPED)).isEqualTo("10 runs before it are still under way");
    }

    @Test
    void oneOfTwoSideBySideMayEndFirst() {
        var node = minutely(Overlap.ALLOW);
        var first = node.lastStarted();
        node.pass(60_000).up().exit(first, 0);

        assertThat(node.runs()).containsExactly("12:01:00 SUCCEEDED", "12:02:00 RUNNING");
        assertThat(node.standing().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void anExclusiveTaskCannotAllowIt() {
        var task = Tasks.task("a", new Schedule.Every(Duration.ofMinutes(1)), Guarantee.EXCLUSIVE);

        assertThatThrownBy(() -> task.with(Tasks.policy(Overlap.ALLOW, CatchUp.NONE, Duration.ofSeconds(5))))
                .hasMessage("exclusive task a cannot allow runs to overlap");
    }
}
