package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.cron.CronTimes;
import io.rota.scheduler.cron.DstRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** An occurrence that does not run has a record that says why. */
class MissedOccurrenceTest {
    private static final String NOON = "2026-11-24T12:00:00Z";
    private static final TaskDefinition MINUTELY = Tasks.cron("a", "* * * * *", "UTC");

    private static OneNode minutely(CatchUp catchUp, Duration startDeadline) {
        return new OneNode(MINUTELY.with(Tasks.policy(Overlap.SKIP, catchUp, startDeadline)), NOON);
    }

    @Test
    void nothingIsOwedForTheTimeBeforeTheTaskIsOwned() {
        var node = minutely(CatchUp.ALL, Duration.ofDays(1)).own();

        assertThat(node.runs()).isEmpty();
        assertThat(node.standing().nextDueWallMillis())
                .isEqualTo(Instant.parse("2026-11-24T12:01:00Z").toEpochMilli());
    }

    @Test
    void whatFellDueInAStallIsRecordedAndTheNextComesInTime() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5)).own();

        node.stall(190_000).pass(60_000);

        assertThat(node.runs())
                .containsExactly("12:01:00 SKIPPED", "12:02:00 SKIPPED", "12:03:00 SKIPPED", "12:04:00 STARTING");
        assertThat(node.reasonOf(RunState.SKIPPED)).isEqualTo("the node stood still when it was due");
    }

    @Test
    void theNewestIsStillStartedIfItIsHardlyLate() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5)).own();

        node.stall(184_999);

        assertThat(node.runs()).containsExactly("12:01:00 SKIPPED", "12:02:00 SKIPPED", "12:03:00 STARTING");
    }

    @Test
    void catchUpLastStartsTheNewestWithinItsDeadline() {
        var node = minutely(CatchUp.LAST, Duration.ofMinutes(1)).own();

        node.stall(190_000);

        assertThat(node.runs()).containsExactly("12:01:00 SKIPPED", "12:02:00 SKIPPED", "12:03:00 STARTING");
    }

    @Test
    void catchUpAllStartsThemOneAfterTheOtherOldestFirstWithinTheDeadline() {
        var node = minutely(CatchUp.ALL, Duration.ofMinutes(2)).own();

        node.stall(190_000);
        assertThat(node.runs()).containsExactly("12:01:00 SKIPPED", "12:02:00 STARTING", "12:03:00 QUEUED");
        node.runAndExit(0);

        assertThat(node.runs()).containsExactly("12:01:00 SKIPPED", "12:02:00 SUCCEEDED", "12:03:00 STARTING");
    }

    @Test
    void moreThanAHundredShareOneRecordThatCountsThem() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5)).own();

        node.stall(Duration.ofHours(10).toMillis() + 30_000);

        assertThat(node.runs()).hasSize(101).endsWith("22:00:00 SKIPPED");
        assertThat(node.runs().get(0)).isEqualTo("12:01:00 SKIPPED");
        assertThat(node.done(Effect.KeepRun.class).get(0).run().reason())
                .isEqualTo("500 occurrences from this one on share this record: the node stood still when it was due");
    }

    @Test
    void aLeapOfYearsCostsABoundedNumberOfSteps() {
        var node = new OneNode(Tasks.cron("a", "* * * * * *", "UTC"), NOON).own();

        node.step(Duration.ofDays(20_000).toMillis()).pass(1_000);

        assertThat(node.runs()).hasSize(101).last().asString().endsWith("STARTING");
        assertThat(node.done(Effect.KeepRun.class).get(0).run().reason()).startsWith("more than 10");
    }

    @Test
    void aStepForwardsIsNoticedWithinASecondAndFollowsCatchUp() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5)).own().pass(61_000);
        node.runAndExit(0);

        node.step(Duration.ofMinutes(2).toMillis() + 30_000).pass(1_000);

        assertThat(node.runs()).containsExactly("12:01:00 SUCCEEDED", "12:02:00 SKIPPED", "12:03:00 SKIPPED");
        assertThat(node.reasonOf(RunState.SKIPPED)).isEqualTo("the clock was set forwards over it");
    }

    @Test
    void aStepBackwardsRepeatsNothing() {
        var node = minutely(CatchUp.ALL, Duration.ofDays(1)).own().pass(61_000);
        node.runAndExit(0);

        node.step(-Duration.ofHours(1).toMillis()).pass(Duration.ofHours(1).toMillis() + 58_000);
        assertThat(node.runs()).containsExactly("12:01:00 SUCCEEDED");
        node.pass(2_000);

        assertThat(node.runs()).containsExactly("12:01:00 SUCCEEDED", "12:02:00 STARTING");
    }

    @Test
    void whatFellDueBetweenTwoOwnershipsOfThisNodeIsRecorded() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5)).own().pass(61_000);
        node.runAndExit(0);

        node.disown().pass(120_000).own();

        assertThat(node.runs()).containsExactly("12:01:00 SUCCEEDED", "12:02:00 SKIPPED", "12:03:00 STARTING");
        assertThat(node.reasonOf(RunState.SKIPPED)).isEqualTo("no node was allowed to run the task when it was due");
    }

    @Test
    void aTakeoverFromADeadOwnerGoesOnWhereItsLastReportEnded() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5)).pass(600_000).hearNextDue("2026-11-24T12:09:00Z");

        node.pass(2_000).own();

        assertThat(node.runs()).containsExactly("12:09:00 SKIPPED", "12:10:00 STARTING");
    }

    @Test
    void aReportSaysWithJitterTooWhichOccurrenceIsNext() {
        var times = CronTimes.parse("0 * * * *", "a", ZoneOffset.UTC, DstRule.ONCE);
        var jittered = Tasks.task("a", new Schedule.Cron(times, Duration.ofMinutes(30)), Guarantee.RING);
        var owner = new OneNode(jittered, NOON).own();
        var due = Instant.ofEpochMilli(owner.standing().nextDueWallMillis());
        assertThat(due).isBetween(Instant.parse("2026-11-24T12:00:00Z"), Instant.parse("2026-11-24T13:30:00Z"));

        var heir = new OneNode(jittered, due.plusSeconds(1).toString())
                .hearNextDue(due.toString())
                .own();

        assertThat(heir.done(Effect.StartRun.class))
                .extracting(start -> start.run().dueWallMillis())
                .containsExactly(due.toEpochMilli());
    }

    @Test
    void aClockThatWasYearsAheadDoesNotStopTheTaskForYears() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5)).own();
        node.step(Duration.ofDays(7_000).toMillis()).pass(1_000);
        if (node.standing().phase() == Phase.STARTING) {
            node.runAndExit(0);
        }

        node.step(-Duration.ofDays(7_000).toMillis()).pass(60_000);

        assertThat(node.runs()).first().isEqualTo("12:01:00 STARTING");
    }

    @Test
    void aReportFromAClockThatIsYearsAheadIsNotBelieved() {
        var node = minutely(CatchUp.NONE, Duration.ofSeconds(5))
                .hearNextDue("2046-11-24T12:09:00Z")
                .own();

        node.pass(60_000);

        assertThat(node.runs()).containsExactly("12:01:00 STARTING");
    }

    @Test
    void withoutAClaimItIsSkippedWhenTheNextIsDueWhichIsAskedForInItsPlace() {
        var exclusive = Tasks.task("a", new Schedule.Every(Duration.ofMinutes(1)), Guarantee.EXCLUSIVE);
        var node = new OneNode(exclusive, NOON).own().pass(60_000);

        for (int i = 0; i < 300; i++) {
            node.answer(new ClaimAnswer.Unavailable("no majority")).pass(Claiming.RETRY_MILLIS);
        }

        assertThat(node.runs()).containsExactly("12:01:00 SKIPPED", "12:02:00 DUE");
        assertThat(node.reasonOf(RunState.SKIPPED)).isEqualTo("no claim before the next occurrence: no majority");
    }

    @Test
    void anInstantComesOnceAndIsOverAfterIt() {
        var at = Tasks.task("a", new Schedule.At(Instant.parse("2026-11-24T12:00:30Z")), Guarantee.RING);
        var node = new OneNode(at, NOON).own().pass(40_000);
        node.runAndExit(0);

        node.step(-3_600_000).pass(Duration.ofDays(2).toMillis());

        assertThat(node.runs()).containsExactly("12:00:30 SUCCEEDED");
        assertThat(node.standing().phase()).isEqualTo(Phase.FINISHED);
    }

    @Test
    void anInstantThatIsOverBeforeTheTaskIsOwnedDoesNotCome() {
        var at = Tasks.task("a", new Schedule.At(Instant.parse("2026-11-24T11:00:00Z")), Guarantee.RING);
        var node = new OneNode(at, NOON).own().pass(1_000);

        assertThat(node.runs()).isEmpty();
        assertThat(node.standing().reason()).isEqualTo("its time was over when this node took it");
    }
}
