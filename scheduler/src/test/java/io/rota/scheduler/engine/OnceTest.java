package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.DoubtPolicy;
import io.rota.scheduler.DoubtPolicy.Probe;
import io.rota.scheduler.DoubtPolicy.Rule;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimEnd;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.Doubt;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node and its task of level once: what it asks before it starts anything, and what it makes of the answers. */
class OnceTest {
    private static final String NOON = "2026-11-24T12:00:00Z";
    private static final String X = "a@2026-11-24T11:58:00Z";
    private static final long X_MILLIS = Instant.parse("2026-11-24T11:58:00Z").toEpochMilli();
    private static final Ending NO_WORD = Ending.OPEN;

    private static TaskDefinition minutely() {
        return Tasks.cron("a", "* * * * *", "UTC")
                .with(Guarantee.ONCE)
                .with(Tasks.policy(Overlap.SKIP, CatchUp.LAST, Duration.ofHours(1)));
    }

    private static DoubtPolicy probed(int retries) {
        var work = new Work.Command(List.of("ask"), "", new TreeMap<>());
        var probe =
                new Probe(work, new TreeSet<>(List.of(0)), new TreeSet<>(List.of(10)), Duration.ofSeconds(5), retries);
        return new DoubtPolicy(Rule.PROBE_THEN_HOLD, Optional.of(probe), DoubtPolicy.STANDARD_REPEAT);
    }

    private static ClaimAnswer settled(long endedMillis) {
        return new ClaimAnswer.Settled(endedMillis, NO_WORD);
    }

    private static ClaimAnswer inDoubt(Doubt.Stage stage) {
        var purpose = new Purpose(ClaimKind.ONCE, "a", X, 1, X_MILLIS, "", X_MILLIS);
        var intent = new Claim("x", 5, new LeaseId("n9", 9, 1), purpose, Ending.OPEN);
        return new ClaimAnswer.InDoubt(new Doubt(intent, stage, new Ending(ClaimEnd.HELD, "the probe", "code 3", 1)));
    }

    private static ClaimKind asked(OneNode node) {
        return node.lastAsked().purpose().kind();
    }

    private static ClaimEnd lastEnd(OneNode node) {
        var ended = node.done(Effect.EndClaim.class);
        return ended.get(ended.size() - 1).ending().end();
    }

    @Test
    void nothingBeginsBeforeTheBooksHaveSaidThatNothingIsInDoubt() {
        var node = new OneNode(minutely(), NOON).own();
        assertThat(asked(node)).isEqualTo(ClaimKind.LOOK);

        node.pass(61_000);
        assertThat(node.runs()).isEmpty();

        node.answer(settled(Purpose.NO_OCCURRENCE)).pass(0).stall(1);
        assertThat(asked(node)).isEqualTo(ClaimKind.ONCE);
        assertThat(node.lastAsked().purpose().occurrenceMillis())
                .isEqualTo(Instant.parse("2026-11-24T12:01:00Z").toEpochMilli());
    }

    @Test
    void booksThatDoNotAnswerAreAskedAgain() {
        var node = new OneNode(minutely(), NOON).own();

        node.answer(new ClaimAnswer.Unavailable("no majority")).pass(300);

        assertThat(node.done(Effect.AskClaim.class)).hasSize(2);
        assertThat(node.standing().reason()).isEqualTo("no majority");
    }

    @Test
    void afterAFullRestartTheBooksSayWhereToGoOnAndWhatWasMissedHasARecord() {
        var node = new OneNode(minutely(), NOON).own();

        node.answer(settled(Instant.parse("2026-11-24T11:57:00Z").toEpochMilli()))
                .stall(1);

        assertThat(node.runs()).startsWith("11:58:00 SKIPPED", "11:59:00 SKIPPED", "12:00:00 DUE");
    }

    @Test
    void anOccurrenceThatHasEndedIsNotClaimedAgainWhenTheClockIsSetBack() {
        var node = new OneNode(minutely(), NOON).own();

        node.answer(settled(Instant.parse("2026-11-24T12:30:00Z").toEpochMilli()))
                .pass(120_000);

        assertThat(node.done(Effect.AskClaim.class)).hasSize(1);
        assertThat(node.standing().nextDueWallMillis())
                .isEqualTo(Instant.parse("2026-11-24T12:31:00Z").toEpochMilli());
    }

    // ---- a run of its own

    private static OneNode running() {
        var node = new OneNode(minutely(), NOON).own().answer(settled(Purpose.NO_OCCURRENCE));
        node.pass(60_000).answer(new ClaimAnswer.Granted(6)).up();
        assertThat(node.states()).contains("12:01:00 INTENT", "12:01:00 RUNNING");
        return node;
    }

    @Test
    void aRunHasEndedOnceAMajorityOfTheBooksHasHeardIt() {
        var node = running();

        node.exit(node.lastStarted(), 0);
        assertThat(node.standing().phase()).isEqualTo(Phase.ENDING);
        assertThat(node.runs()).containsExactly("12:01:00 RUNNING");
        node.booksHeard();

        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.SUCCEEDED);
        assertThat(node.runs()).containsExactly("12:01:00 SUCCEEDED");
    }

    @Test
    void aRunThatFailsHasEndedAndIsNotTriedAgain() {
        var node = running();

        node.exit(node.lastStarted(), 1).booksHeard().pass(30_000);

        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.FAILED);
        assertThat(node.done(Effect.StartRun.class)).hasSize(1);
    }

    @Test
    void aRunThatIsCutOffWithItsLeaseIsInDoubtAndTheBooksAreAsked() {
        var node = running();

        node.leaseEnds().exit(node.lastStarted(), 143);
        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.INTERRUPTED);
        node.booksHeard();

        assertThat(node.runs()).containsExactly("12:01:00 IN_DOUBT");
        assertThat(asked(node)).isEqualTo(ClaimKind.LOOK);
    }

    @Test
    void aRunWhoseGuardDiesIsInDoubt() {
        var node = running();

        node.guardLost(node.lastStarted()).booksHeard();

        assertThat(node.runs()).containsExactly("12:01:00 IN_DOUBT");
    }

    @Test
    void aProcessThatCouldNotBeStartedLeavesNoDoubt() {
        var node = new OneNode(minutely(), NOON).own().answer(settled(Purpose.NO_OCCURRENCE));
        node.pass(60_000).answer(new ClaimAnswer.Granted(6));

        node.notStarted(node.lastStarted()).booksHeard();

        assertThat(node.runs()).containsExactly("12:01:00 FAILED");
    }

    @Test
    void ordersAreNotTaken() {
        var node = running();

        assertThat(node.order("k1"))
                .isInstanceOfSatisfying(
                        OrderAnswer.NotNow.class,
                        answer -> assertThat(answer.reason()).contains("the books do not know orders yet"));
    }

    // ---- what another node has left in doubt

    private static OneNode taker(DoubtPolicy rule) {
        var node = new OneNode(minutely().with(rule), NOON).own().answer(inDoubt(Doubt.Stage.OPEN));
        assertThat(asked(node)).isEqualTo(ClaimKind.PROBE);
        assertThat(node.lastAsked().purpose().about()).isEqualTo("x");
        return node;
    }

    @Test
    void withoutAProbeAPersonMustSayAndNothingElseOfTheTaskBegins() {
        var node = taker(DoubtPolicy.STANDARD).answer(new ClaimAnswer.Granted(6));

        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.HELD);
        node.booksHeard().pass(0).stall(1).answer(inDoubt(Doubt.Stage.HELD)).pass(180_000);

        assertThat(node.runs()).containsExactly("11:58:00 HELD");
        assertThat(node.done(Effect.StartRun.class)).isEmpty();
        assertThat(node.standing().doubt()).isNotNull();
    }

    @Test
    void onceAPersonHasSaidDoneTheTaskGoesOnAndWhatWasMissedSaysWhy() {
        var node = taker(DoubtPolicy.STANDARD).answer(new ClaimAnswer.Granted(6));
        node.booksHeard().stall(1).answer(inDoubt(Doubt.Stage.HELD)).pass(150_000);

        var word = new Ending(ClaimEnd.DONE, "kim", "the bank says so", 1);
        node.answer(new ClaimAnswer.Settled(X_MILLIS, word)).stall(1);

        assertThat(node.runs()).startsWith("11:58:00 RESOLVED_DONE");
        assertThat(node.reasonOf(RunState.RESOLVED_DONE)).isEqualTo("kim: the bank says so");
        assertThat(node.reasonOf(RunState.SKIPPED))
                .isEqualTo("nobody knew whether an earlier run had taken effect when it was due");
        assertThat(asked(node)).isEqualTo(ClaimKind.ONCE);
    }

    @Test
    void aProbeThatSaysDoneSettlesIt() {
        var node = taker(probed(0)).answer(new ClaimAnswer.Granted(6));
        assertThat(node.runs()).containsExactly("11:58:00 PROBING");

        node.exit(X, 0);

        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.DONE);
    }

    @Test
    void aProbeThatSaysNotDoneLeadsToOneMoreStartOfThatOccurrence() {
        var node = taker(probed(0)).answer(new ClaimAnswer.Granted(6)).exit(X, 10);
        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.NOT_DONE);

        node.booksHeard().stall(1).answer(inDoubt(Doubt.Stage.NOT_DONE));
        assertThat(node.lastAsked().purpose().kind()).isEqualTo(ClaimKind.ONCE);
        assertThat(node.lastAsked().purpose().runId()).isEqualTo(X);
        assertThat(node.lastAsked().purpose().occurrenceMillis()).isEqualTo(X_MILLIS);
        node.answer(new ClaimAnswer.Granted(7)).up().exit(X, 0).booksHeard();

        node.stall(1);
        assertThat(node.runs()).startsWith("11:58:00 SUCCEEDED", "11:59:00 SKIPPED", "12:00:00 SKIPPED");
    }

    @Test
    void aTaskInDoubtThatIsRemovedWhileTheBooksAreAskedLeavesTheNodeAtWork() {
        var node = new OneNode(minutely(), NOON)
                .own()
                .answer(inDoubt(Doubt.Stage.HELD))
                .pass(3_000);
        assertThat(asked(node)).as("asked again, and not answered yet").isEqualTo(ClaimKind.LOOK);

        node.define().answer(inDoubt(Doubt.Stage.HELD)).pass(5_000);

        assertThat(node.runs()).containsExactly("11:58:00 HANDED_OVER");
        node.define(minutely()).own().pass(100);
        assertThat(asked(node)).isEqualTo(ClaimKind.LOOK);
    }

    @Test
    void whereToGoOnIsAGuessBeforeTheBooksHaveSpokenAndIsNotHandedOnAsKnowledge() {
        var node = new OneNode(minutely(), NOON).own().pass(500);
        assertThat(node.standing().nextDueWallMillis()).isZero();

        node.disown().pass(180_000).own().answer(settled(X_MILLIS)).stall(1);

        assertThat(node.runs()).startsWith("11:59:00 SKIPPED");
    }

    @Test
    void aProbeThatCannotTellIsRepeatedUnderANewClaimAndThenAPersonMustSay() {
        var node = taker(probed(1)).answer(new ClaimAnswer.Granted(6)).exit(X, 3);
        assertThat(node.done(Effect.ReleaseClaim.class)).isNotEmpty();

        node.pass(Probe.PAUSE.toMillis()).answer(inDoubt(Doubt.Stage.OPEN));
        assertThat(asked(node)).isEqualTo(ClaimKind.PROBE);
        node.answer(new ClaimAnswer.Granted(7)).exit(X, 4);

        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.HELD);
        assertThat(node.done(Effect.EndClaim.class).get(0).ending().note())
                .isEqualTo("probe 1 ended with code 3, probe 2 ended with code 4");
    }

    @Test
    void aProbeThatTakesTooLongIsStoppedAndHasNotTold() {
        var node = taker(probed(0)).answer(new ClaimAnswer.Granted(6)).pass(5_000);
        assertThat(node.done(Effect.StopRun.class)).hasSize(1);

        node.exit(X, 0);

        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.HELD);
    }

    @Test
    void whoMayNotRunTheTaskAnyMoreLeavesTheDoubtToTheNextOwner() {
        var node = taker(DoubtPolicy.STANDARD).answer(new ClaimAnswer.Granted(6));
        node.booksHeard().stall(1).answer(inDoubt(Doubt.Stage.HELD)).disown();

        assertThat(node.runs()).containsExactly("11:58:00 HANDED_OVER");
        assertThat(node.standing().doubt()).isNull();
        assertThat(node.pass(60_000).done(Effect.StartRun.class)).isEmpty();
    }

    @Test
    void whatIsLeftInDoubtToTheNextOwnerHasNotEndedForThoseThatNeedIt() {
        var node = taker(DoubtPolicy.STANDARD).answer(new ClaimAnswer.Granted(6));
        node.booksHeard().stall(1).answer(inDoubt(Doubt.Stage.HELD)).disown();

        assertThat(CycleFact.of(node.run(X), true).state()).isEqualTo(RunState.IN_DOUBT);
        assertThat(CycleFact.of(node.run(X), false).state()).isEqualTo(RunState.HANDED_OVER);
    }

    @ParameterizedTest
    @CsvSource({
        "DONE, RESOLVED_DONE",
        "ABANDONED, ABANDONED",
        "SUCCEEDED, SUCCEEDED",
        "FAILED, FAILED",
        "TIMED_OUT, TIMED_OUT",
        "OPEN, LOST"
    })
    void whoTakesOverRecordsTheEndThatTheBooksKnow(ClaimEnd end, RunState recorded) {
        var node = new OneNode(minutely(), NOON)
                .hearCycle(new CycleFact("a", "2026-11-24T11:58:00Z", X_MILLIS, RunState.IN_DOUBT));

        node.own().answer(new ClaimAnswer.Settled(X_MILLIS, new Ending(end, "", "", 1)));

        assertThat(node.runs()).contains("11:58:00 " + recorded);
    }

    @Test
    void ruleAbandonAsksNobody() {
        var rule = new DoubtPolicy(Rule.ABANDON, Optional.empty(), DoubtPolicy.STANDARD_REPEAT);
        var node = taker(rule).answer(new ClaimAnswer.Granted(6));

        assertThat(lastEnd(node)).isEqualTo(ClaimEnd.ABANDONED);
        node.booksHeard().stall(1);
        node.answer(new ClaimAnswer.Settled(X_MILLIS, new Ending(ClaimEnd.ABANDONED, "", "in_doubt: abandon", 1)));
        assertThat(node.runs()).startsWith("11:58:00 ABANDONED");
    }
}
