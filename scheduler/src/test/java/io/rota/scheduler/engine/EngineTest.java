package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final long MILLI = 1_000_000L;
    private static final long WALL = 1_700_000_000_000L;

    private long millis;
    private final List<Effect> done = new ArrayList<>();

    private Moment now() {
        return new Moment(millis * MILLI, WALL + millis);
    }

    private Engine engine(TaskDefinition... tasks) {
        return new Engine("n1/b", List.of(tasks));
    }

    private void own(Engine engine, Set<String> owned, Set<String> others) {
        done.addAll(engine.onTargets(now(), new Targets(owned, others)));
    }

    private <T extends Effect> List<T> take(Class<T> type) {
        var taken = done.stream().filter(type::isInstance).map(type::cast).toList();
        done.removeIf(type::isInstance);
        return taken;
    }

    private String startOnly(Engine engine, String task) {
        own(engine, Set.of(task), Set.of());
        var runId = take(Effect.StartRun.class).get(0).run().id();
        done.addAll(engine.onRunEvent(now(), task, new RunEvent.Started(runId, 42)));
        own(engine, Set.of(task), Set.of("n2"));
        return runId;
    }

    @Test
    void aloneItStartsWhatItOwnsAtOnce() {
        var engine = engine(Tasks.service("a"));

        own(engine, Set.of("a"), Set.of());

        assertThat(take(Effect.StartRun.class)).hasSize(1);
    }

    @Test
    void withOthersItStartsOnlyAfterEachHasAnswered() {
        var engine = engine(Tasks.service("a"));

        own(engine, Set.of("a"), Set.of("n2", "n3"));
        var asks = take(Effect.AskYield.class);
        assertThat(asks).extracting(Effect.AskYield::member).containsExactly("n2", "n3");
        done.addAll(engine.onYieldAnswered(now(), asks.get(0).ask(), "n2", Set.of("a")));
        assertThat(take(Effect.StartRun.class)).isEmpty();
        done.addAll(engine.onYieldAnswered(now(), asks.get(1).ask(), "n3", Set.of("a")));

        assertThat(take(Effect.StartRun.class)).hasSize(1);
    }

    @Test
    void aMemberThatDiesIsNotWaitedFor() {
        var engine = engine(Tasks.service("a"));
        own(engine, Set.of("a"), Set.of("n2"));

        own(engine, Set.of("a"), Set.of());

        assertThat(take(Effect.StartRun.class)).hasSize(1);
    }

    @Test
    void aMemberThatDoesNotAnswerIsAskedAgain() {
        var engine = engine(Tasks.service("a"));
        own(engine, Set.of("a"), Set.of("n2"));
        var first = take(Effect.AskYield.class).get(0);

        done.addAll(engine.onYieldAnswered(now(), first.ask(), "n2", Set.of()));
        assertThat(take(Effect.AskYield.class)).isEmpty();
        millis += HandOver.ASK_AGAIN_MILLIS;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.AskYield.class)).hasSize(1);
    }

    @Test
    void aServiceThatIsAskedForStopsBeforeItIsGranted() {
        var engine = engine(Tasks.service("a"));
        var runId = startOnly(engine, "a");

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        assertThat(take(Effect.StopRun.class)).extracting(Effect.StopRun::runId).containsExactly(runId);
        assertThat(take(Effect.AnswerYield.class)).isEmpty();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));

        assertThat(take(Effect.AnswerYield.class)).containsExactly(new Effect.AnswerYield(7, Set.of("a")));
        assertThat(take(Effect.KeepRun.class))
                .extracting(keep -> keep.run().state())
                .endsWith(RunState.STOPPING, RunState.HANDED_OVER);
    }

    @Test
    void aFiniteRunIsNotStoppedForAHandOverButFinishes() {
        var engine = engine(Tasks.every("a", Duration.ofSeconds(1)));
        own(engine, Set.of("a"), Set.of());
        millis += 1_000;
        done.addAll(engine.onTick(now()));
        var runId = take(Effect.StartRun.class).get(0).run().id();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Started(runId, 42)));
        own(engine, Set.of("a"), Set.of("n2"));

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        assertThat(take(Effect.StopRun.class)).isEmpty();
        assertThat(take(Effect.AnswerYield.class)).isEmpty();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 0)));

        assertThat(take(Effect.AnswerYield.class)).hasSize(1);
    }

    @Test
    void anAnswerToAnOlderQuestionStartsNothing() {
        var engine = engine(Tasks.service("a"));
        own(engine, Set.of("a"), Set.of("n2"));
        var old = take(Effect.AskYield.class).get(0);

        // n2 asks for the task too and is granted it: what it says to the question before that is void.
        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        assertThat(take(Effect.AnswerYield.class)).hasSize(1);
        done.addAll(engine.onYieldAnswered(now(), old.ask(), "n2", Set.of("a")));
        millis += 10_000;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class)).isEmpty();
        assertThat(take(Effect.AskYield.class)).as("it asks anew instead").hasSize(1);
    }

    @Test
    void aMemberThatIsNotKnownYetIsGrantedNothingSinceItWouldNotBeAskedInItsTurn() {
        var engine = engine(Tasks.service("a"));
        startOnly(engine, "a");

        done.addAll(engine.onYieldAsked(now(), 7, "n3", Set.of("a")));
        assertThat(take(Effect.StopRun.class)).isEmpty();
        assertThat(take(Effect.AnswerYield.class)).containsExactly(new Effect.AnswerYield(7, Set.of()));
        own(engine, Set.of("a"), Set.of("n2", "n3"));
        done.addAll(engine.onYieldAsked(now(), 8, "n3", Set.of("a")));

        assertThat(take(Effect.StopRun.class)).as("known now").hasSize(1);
    }

    @Test
    void aTaskThatIsUnknownHereIsGranted() {
        var engine = engine(Tasks.service("a"));
        own(engine, Set.of(), Set.of("n2"));

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("of-another-file")));

        assertThat(take(Effect.AnswerYield.class))
                .containsExactly(new Effect.AnswerYield(7, Set.of("of-another-file")));
    }

    @Test
    void aRequestForManyIsAnsweredAtOnceWithThoseThatAreQuiet() {
        var engine = engine(Tasks.service("a"), Tasks.service("b"));
        startOnly(engine, "a");
        own(engine, Set.of("a"), Set.of("n2"));

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a", "b")));

        assertThat(take(Effect.AnswerYield.class)).containsExactly(new Effect.AnswerYield(7, Set.of("b")));
    }

    @Test
    void whatWasStoppedForAnotherIsNotStartedAgainBeforeThatOneAsksAnew() {
        var engine = engine(Tasks.service("a"), Tasks.service("b"));
        var runId = startOnly(engine, "a");
        own(engine, Set.of("a"), Set.of("n2"));

        // b is quiet, so the answer is partial; a ends a moment before its asker can have asked again.
        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a", "b")));
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));
        done.addAll(engine.onTick(now()));
        assertThat(take(Effect.StartRun.class)).isEmpty();

        done.addAll(engine.onYieldAsked(now(), 8, "n2", Set.of("a")));
        assertThat(take(Effect.AnswerYield.class)).contains(new Effect.AnswerYield(8, Set.of("a")));
    }

    @Test
    void whatWasStoppedForAnotherWhoNeverAsksAgainIsStartedAgain() {
        var engine = engine(Tasks.service("a"), Tasks.service("b"));
        var runId = startOnly(engine, "a");
        own(engine, Set.of("a"), Set.of("n2"));
        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a", "b")));
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));

        millis += TaskDuty.YIELDED_PAUSE_MILLIS;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class)).hasSize(1);
    }

    @Test
    void aRequestWithNothingQuietIsAnsweredInTime() {
        var engine = engine(Tasks.service("a"));
        startOnly(engine, "a");
        own(engine, Set.of("a"), Set.of("n2"));

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        millis += Tickets.OPEN_MILLIS;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.AnswerYield.class)).containsExactly(new Effect.AnswerYield(7, Set.of()));
    }

    @Test
    void exclusiveStartsOnlyWithAGrantedClaimAndItsToken() {
        var engine = engine(Tasks.exclusive("a"));
        own(engine, Set.of("a"), Set.of());
        var ask = take(Effect.AskClaim.class).get(0);
        assertThat(take(Effect.StartRun.class)).isEmpty();

        done.addAll(engine.onClaimAnswered(now(), ask.claimId(), "a", new ClaimAnswer.Granted(9)));

        assertThat(take(Effect.StartRun.class))
                .extracting(start -> start.run().token())
                .containsExactly(9L);
    }

    @Test
    void aRefusedClaimIsReleasedByNameAndAskedForAnewUnderAnother() {
        var engine = engine(Tasks.exclusive("a"));
        own(engine, Set.of("a"), Set.of());
        var first = take(Effect.AskClaim.class).get(0);

        done.addAll(engine.onClaimAnswered(now(), first.claimId(), "a", new ClaimAnswer.Unavailable("no majority")));
        assertThat(take(Effect.ReleaseClaim.class)).containsExactly(new Effect.ReleaseClaim(first.claimId(), "a"));
        millis += Claiming.RETRY_MILLIS;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.AskClaim.class).get(0).claimId()).isNotEqualTo(first.claimId());
    }

    @Test
    void aLateGrantForATaskThatBelongsElsewhereIsReleasedAndStartsNothing() {
        var engine = engine(Tasks.exclusive("a"));
        own(engine, Set.of("a"), Set.of());
        var ask = take(Effect.AskClaim.class).get(0);

        own(engine, Set.of(), Set.of("n2"));
        done.addAll(engine.onClaimAnswered(now(), ask.claimId(), "a", new ClaimAnswer.Granted(9)));

        assertThat(take(Effect.StartRun.class)).isEmpty();
        assertThat(take(Effect.ReleaseClaim.class)).hasSize(1);
        assertThat(engine.claimIds()).isEmpty();
    }

    @Test
    void theClaimIsReleasedOnlyAfterTheProcessIsGone() {
        var engine = engine(Tasks.exclusive("a"));
        own(engine, Set.of("a"), Set.of());
        var ask = take(Effect.AskClaim.class).get(0);
        done.addAll(engine.onClaimAnswered(now(), ask.claimId(), "a", new ClaimAnswer.Granted(9)));
        var runId = take(Effect.StartRun.class).get(0).run().id();
        own(engine, Set.of("a"), Set.of("n2"));

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        assertThat(take(Effect.EndClaim.class)).isEmpty();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));

        assertThat(take(Effect.EndClaim.class))
                .extracting(Effect.EndClaim::claimId)
                .containsExactly(ask.claimId());
    }

    @Test
    void whenTheLeaseEndsExclusiveRunsStopAndRingRunsGoOn() {
        var engine = engine(Tasks.exclusive("a"), Tasks.service("b"));
        own(engine, Set.of("a", "b"), Set.of());
        var ask = take(Effect.AskClaim.class).get(0);
        done.addAll(engine.onClaimAnswered(now(), ask.claimId(), "a", new ClaimAnswer.Granted(9)));
        take(Effect.StartRun.class);

        done.addAll(engine.onLeaseEnding(now()));

        assertThat(take(Effect.StopRun.class))
                .extracting(Effect.StopRun::runId)
                .allMatch(runId -> runId.startsWith("a@"))
                .hasSize(1);
    }

    @Test
    void aCrashedServiceComesBackAfterABackoffThatDoubles() {
        var engine = engine(Tasks.service("a"));
        var runId = startOnly(engine, "a");

        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 1)));
        millis += 999;
        done.addAll(engine.onTick(now()));
        assertThat(take(Effect.StartRun.class)).isEmpty();
        millis += 1;
        done.addAll(engine.onTick(now()));
        var second = take(Effect.StartRun.class).get(0).run().id();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(second, 1)));
        millis += 1_999;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class)).isEmpty();
    }

    @Test
    void closingStopsEverythingAndStartsNothingMore() {
        var engine = engine(Tasks.service("a"), Tasks.service("b"));
        var runId = startOnly(engine, "a");

        done.addAll(engine.onClosing(now()));
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));
        own(engine, Set.of("a", "b"), Set.of());
        millis += 600_000;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StopRun.class)).hasSize(1);
        assertThat(take(Effect.StartRun.class)).isEmpty();
        assertThat(engine.isBusy()).isFalse();
    }

    @Test
    void backoffDoublesFromOneSecondToFiveMinutes() {
        assertThat(Backoff.delayMillis(1)).isEqualTo(1_000);
        assertThat(Backoff.delayMillis(2)).isEqualTo(2_000);
        assertThat(Backoff.delayMillis(9)).isEqualTo(256_000);
        assertThat(Backoff.delayMillis(10)).isEqualTo(300_000);
        assertThat(Backoff.failuresAfter(7, 600_000)).isEqualTo(1);
        assertThat(Backoff.failuresAfter(7, 599_999)).isEqualTo(8);
    }
}
