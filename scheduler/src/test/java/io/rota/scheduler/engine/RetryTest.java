package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.Retries;
import io.rota.scheduler.RunPolicy;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tries of one occurrence: exit codes, timeouts, delays. */
class RetryTest {
    private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));

    private static OneNode due(RunPolicy policy) {
        return new OneNode(Tasks.task("a", HOURLY, Guarantee.RING).with(policy), "2026-11-24T12:59:59Z")
                .own()
                .pass(1_000);
    }

    @Test
    void aFailedTryIsFollowedByOthersAfterDelaysThatGrow() {
        var node = due(Tasks.retrying(2, Duration.ZERO, 0)).runAndExit(1);
        assertThat(node.reasonOf(RunState.RETRY_WAIT)).isEqualTo("try 1 of 3: ended with code 1; next in 1000 ms");

        node.pass(999);
        assertThat(node.runs()).containsExactly("13:00:00 RETRY_WAIT");
        node.pass(1).runAndExit(2).pass(1_999);
        assertThat(node.runs()).containsExactly("13:00:00 RETRY_WAIT");
        node.pass(1);
        assertThat(node.done(Effect.StartRun.class))
                .extracting(start -> start.run().attempt())
                .containsExactly(1, 2, 3);
        assertThat(node.done(Effect.StartRun.class))
                .allMatch(start -> start.run().exit().isEmpty());
        node.runAndExit(3);

        assertThat(node.runs()).containsExactly("13:00:00 FAILED");
        assertThat(node.reasonOf(RunState.FAILED)).isEqualTo("ended with code 3");
    }

    @Test
    void aTryThatSucceedsEndsIt() {
        var node = due(Tasks.retrying(2, Duration.ZERO, 0))
                .runAndExit(1)
                .pass(1_000)
                .runAndExit(0);

        assertThat(node.states())
                .containsExactly(
                        "13:00:00 DUE",
                        "13:00:00 STARTING",
                        "13:00:00 RUNNING",
                        "13:00:00 RETRY_WAIT",
                        "13:00:00 STARTING",
                        "13:00:00 RUNNING",
                        "13:00:00 SUCCEEDED");
    }

    @Test
    void otherExitCodesMayMeanSuccessAndZeroFailure() {
        assertThat(due(Tasks.retrying(0, Duration.ZERO, 0, 3)).runAndExit(3).runs())
                .containsExactly("13:00:00 SUCCEEDED");
        assertThat(due(Tasks.retrying(0, Duration.ZERO, 3)).runAndExit(0).runs())
                .containsExactly("13:00:00 FAILED");
    }

    @Test
    void aRunBeyondItsTimeoutIsStoppedAndEndsAsTimedOut() {
        var node = due(Tasks.retrying(0, Duration.ofSeconds(10), 0)).up();

        node.pass(9_999);
        assertThat(node.runs()).containsExactly("13:00:00 RUNNING");
        node.pass(1);
        assertThat(node.runs()).containsExactly("13:00:00 STOPPING");
        assertThat(node.done(Effect.StopRun.class)).hasSize(1);
        node.exit(node.lastStarted(), 0);

        assertThat(node.runs()).containsExactly("13:00:00 TIMED_OUT");
    }

    @Test
    void eachTryHasTheWholeTimeout() {
        var node = due(Tasks.retrying(1, Duration.ofSeconds(10), 0)).up().pass(10_000);
        node.exit(node.lastStarted(), 143);
        assertThat(node.runs()).containsExactly("13:00:00 RETRY_WAIT");

        node.pass(1_000).up().pass(9_999);
        assertThat(node.runs()).containsExactly("13:00:00 RUNNING");
        node.pass(1).exit(node.lastStarted(), 143);

        assertThat(node.runs()).containsExactly("13:00:00 TIMED_OUT");
    }

    @Test
    void goodCodeWithAReasonAgainstItIsNoSuccess() {
        var node = due(Tasks.retrying(1, Duration.ZERO, 0)).up();
        node.hear(new RunEvent.Ended(node.lastStarted(), 0, "a line of the output matches"));

        assertThat(node.runs()).containsExactly("13:00:00 RETRY_WAIT");
        assertThat(node.reasonOf(RunState.RETRY_WAIT))
                .isEqualTo("try 1 of 2: a line of the output matches; next in 1000 ms");
    }

    @Test
    void aRunThatWaitsForItsNextTryStillCountsAsUnderWay() {
        var retries = new Retries(1, Duration.ofMinutes(50), 1, Duration.ofMinutes(50), 0);
        var policy = new RunPolicy(
                Overlap.SKIP,
                CatchUp.NONE,
                RunPolicy.PROMPT,
                Duration.ZERO,
                retries,
                Tasks.retrying(0, Duration.ZERO, 0).successCodes());
        var node = due(policy).up().pass(Duration.ofMinutes(30).toMillis());
        node.exit(node.lastStarted(), 1).pass(Duration.ofMinutes(30).toMillis());

        assertThat(node.runs()).containsExactly("13:00:00 RETRY_WAIT", "14:00:00 SKIPPED");
    }

    @Test
    void whenTheTaskGoesElsewhereNoTryFollows() {
        var node =
                due(Tasks.retrying(2, Duration.ZERO, 0)).runAndExit(1).disown().pass(60_000);

        assertThat(node.runs()).containsExactly("13:00:00 FAILED");
        assertThat(node.reasonOf(RunState.FAILED)).isEqualTo("no further try: this node may not run the task any more");
    }

    @Test
    void eachTryOfAnExclusiveTaskHasAClaimOfItsOwn() {
        var exclusive = Tasks.task("a", HOURLY, Guarantee.EXCLUSIVE).with(Tasks.retrying(1, Duration.ZERO, 0));
        var node = new OneNode(exclusive, "2026-11-24T12:59:59Z").own().pass(1_000);
        node.answer(new ClaimAnswer.Granted(7)).runAndExit(1).pass(1_000);

        node.answer(new ClaimAnswer.Granted(8));

        assertThat(node.done(Effect.StartRun.class))
                .extracting(start -> start.run().token())
                .containsExactly(7L, 8L);
        assertThat(node.done(Effect.AskClaim.class))
                .extracting(Effect.AskClaim::claimId)
                .doesNotHaveDuplicates();
        assertThat(node.done(Effect.ReleaseClaim.class)).hasSize(1);
    }

    @Test
    void delaysGrowToTheirLimitAndChanceTakesAShareOff() {
        var retries = new Retries(9, Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0.5);

        assertThat(retries.delayMillis(1, 0)).isEqualTo(10_000);
        assertThat(retries.delayMillis(3, 0)).isEqualTo(40_000);
        assertThat(retries.delayMillis(4, 0)).isEqualTo(60_000);
        assertThat(retries.delayMillis(100, 0)).isEqualTo(60_000);
        assertThat(retries.delayMillis(1, 0.5)).isEqualTo(7_500);
    }

    @Test
    void aRunnerThatKnowsWhyARunFailedSaysSo() {
        var node = due(Tasks.retrying(0, Duration.ZERO, 0)).up();

        node.hear(new RunEvent.Ended(node.lastStarted(), 1, "HTTP 503, expected 200 to 299"));

        assertThat(node.reasonOf(RunState.FAILED)).isEqualTo("HTTP 503, expected 200 to 299");
    }

    @Test
    void whatDoesNotStopStaysBusyUntilItEnds() {
        var node = due(Tasks.retrying(0, Duration.ofSeconds(5), 0)).up().pass(5_000);
        node.hear(new RunEvent.NotStopped(node.lastStarted(), "it ignores the interrupt"));
        node.disown().pass(60_000);

        assertThat(node.runs()).containsExactly("13:00:00 STOPPING");
        assertThat(node.reasonOf(RunState.STOPPING)).isEqualTo("it ignores the interrupt");
        assertThat(node.standing().phase()).isEqualTo(Phase.STOPPING);

        node.exit(node.lastStarted(), 143);
        assertThat(node.runs()).containsExactly("13:00:00 TIMED_OUT");
    }
}
