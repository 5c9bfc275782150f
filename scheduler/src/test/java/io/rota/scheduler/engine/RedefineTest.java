package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Rebalance;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Another task file comes into force while the tasks of the old one run. */
class RedefineTest {
    private static final long MILLI = 1_000_000L;
    private static final long WALL = 1_700_000_000_000L;

    private long millis;
    private final List<Effect> done = new ArrayList<>();

    private Moment now() {
        return new Moment(millis * MILLI, WALL + millis);
    }

    private <T extends Effect> List<T> take(Class<T> type) {
        var taken = done.stream().filter(type::isInstance).map(type::cast).toList();
        done.removeIf(type::isInstance);
        return taken;
    }

    private static TaskDefinition other(TaskDefinition task) {
        var work = new Work.Command(List.of("false"), "", new TreeMap<>());
        return TaskDefinition.of(task.name(), work, task.schedule()).with(task.guarantee());
    }

    private Engine owning(TaskDefinition task, Set<String> others) {
        var engine = new Engine("n1/b", List.of(task));
        done.addAll(engine.onTargets(now(), new Targets(Set.of(task.name()), others)));
        return engine;
    }

    private String running(Engine engine) {
        var run = take(Effect.StartRun.class).get(0).run();
        done.addAll(engine.onRunEvent(now(), run.task(), new RunEvent.Started(run.id(), 42)));
        return run.id();
    }

    @Test
    void aServiceWithAnotherCommandIsStoppedAndOnlyThenStartedAnew() {
        var engine = owning(Tasks.service("a"), Set.of());
        var runId = running(engine);

        done.addAll(engine.onTasks(now(), List.of(other(Tasks.service("a")))));
        assertThat(take(Effect.StopRun.class)).hasSize(1);
        assertThat(take(Effect.StartRun.class)).isEmpty();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class))
                .extracting(start -> ((Work.Command) start.task().work()).command())
                .containsExactly(List.of("false"));
        assertThat(take(Effect.KeepRun.class))
                .extracting(keep -> keep.run().state())
                .contains(RunState.CANCELLED);
    }

    @Test
    void theNewDefinitionAsksTheOthersBeforeItStarts() {
        var engine = owning(Tasks.service("a"), Set.of());
        var runId = running(engine);
        done.addAll(engine.onTargets(now(), new Targets(Set.of("a"), Set.of("n2"))));

        done.addAll(engine.onTasks(now(), List.of(other(Tasks.service("a")))));
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class)).isEmpty();
        assertThat(take(Effect.AskYield.class)).hasSize(1);
    }

    @Test
    void aChangeThatNoProcessWouldNoticeStopsNothing() {
        var engine = owning(Tasks.service("a"), Set.of());
        running(engine);

        done.addAll(engine.onTasks(now(), List.of(Tasks.service("a").with(Rebalance.NEVER))));

        assertThat(take(Effect.StopRun.class)).isEmpty();
        assertThat(engine.isBusy()).isTrue();
    }

    @Test
    void anotherScheduleKillsNoRunAndHoldsFromTheNextOccurrenceOn() {
        var engine = owning(Tasks.every("a", Duration.ofSeconds(1)), Set.of());
        millis += 1_000;
        done.addAll(engine.onTick(now()));
        var runId = running(engine);

        done.addAll(engine.onTasks(now(), List.of(Tasks.every("a", Duration.ofSeconds(10)))));
        assertThat(take(Effect.StopRun.class)).isEmpty();
        millis += 2_500;
        done.addAll(engine.onTick(now()));
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 0)));
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class)).as("a change starts nothing").isEmpty();
        assertThat(engine.standings().get(0).nextDueWallMillis()).isEqualTo(WALL + 10_000);
    }

    @Test
    void whatFellDueWhileTheOldDefinitionStillRanGetsItsRecordUnderTheNewOne() {
        var every = Tasks.every("a", Duration.ofSeconds(1));
        var engine = owning(every, Set.of());
        millis += 1_000;
        done.addAll(engine.onTick(now()));
        var runId = running(engine);

        done.addAll(engine.onTasks(now(), List.of(every.withStopGrace(Duration.ofSeconds(2)))));
        millis += 3_500;
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 0)));
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.KeepRun.class))
                .extracting(keep -> keep.run().dueWallMillis())
                .contains(WALL + 2_000, WALL + 3_000, WALL + 4_000);
    }

    @Test
    void anAnswerToTheOldDefinitionsQuestionStartsNothingOfTheNewOne() {
        var engine = owning(Tasks.service("a"), Set.of("n2"));
        var ask = take(Effect.AskYield.class).get(0);

        done.addAll(engine.onTasks(now(), List.of(other(Tasks.service("a")))));
        done.addAll(engine.onYieldAnswered(now(), ask.ask(), "n2", Set.of("a")));

        assertThat(take(Effect.StartRun.class)).isEmpty();
        assertThat(take(Effect.AskYield.class)).as("it asks anew").hasSize(1);
    }

    @Test
    void aChildWhoseParentEndedWhileItsOldDefinitionRanBeginsUnderTheNewOne() {
        var parent = Tasks.every("p", Duration.ofSeconds(10));
        var child = Tasks.task("c", new Schedule.After(List.of("p"), Schedule.When.ALWAYS), Guarantee.RING);
        var engine = new Engine("n1/b", List.of(parent, child));
        done.addAll(engine.onTargets(now(), new Targets(Set.of("p", "c"), Set.of())));
        for (int i = 0; i < 2; i++) {
            millis += 10_000 - millis % 10_000;
            done.addAll(engine.onTick(now()));
            var run = take(Effect.StartRun.class).stream()
                    .filter(start -> start.task().name().equals("p"))
                    .findFirst()
                    .orElseThrow()
                    .run();
            done.addAll(engine.onRunEvent(now(), "p", new RunEvent.Started(run.id(), 42)));
            if (i == 1) {
                done.addAll(engine.onTasks(now(), List.of(parent, child.withStopGrace(Duration.ofSeconds(2)))));
            }
            done.addAll(engine.onRunEvent(now(), "p", new RunEvent.Ended(run.id(), 0)));
        }
        var running = take(Effect.KeepRun.class).stream()
                .map(keep -> keep.run())
                .filter(run -> run.task().equals("c") && run.state() == RunState.STARTING)
                .toList();
        assertThat(running).hasSize(1);

        done.addAll(
                engine.onRunEvent(now(), "c", new RunEvent.Ended(running.get(0).id(), 0)));

        assertThat(take(Effect.StartRun.class))
                .as("in the same step")
                .extracting(start -> start.task().name())
                .containsExactly("c");
    }

    @Test
    void aRemovedServiceIsStoppedAndForgotten() {
        var engine = owning(Tasks.service("a"), Set.of());
        var runId = running(engine);

        done.addAll(engine.onTasks(now(), List.of()));
        assertThat(take(Effect.StopRun.class)).hasSize(1);
        assertThat(engine.standings()).hasSize(1);
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));

        assertThat(engine.standings()).isEmpty();
        assertThat(engine.takeRemoved()).containsExactly("a");
        done.addAll(engine.onTargets(now(), new Targets(Set.of(), Set.of("n2"))));
        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        assertThat(take(Effect.AnswerYield.class)).containsExactly(new Effect.AnswerYield(7, Set.of("a")));
    }

    @Test
    void aTaskThatTheFileInForceDoesNotHoldIsStoppedWithoutBeingForgotten() {
        var engine = owning(Tasks.service("a"), Set.of());
        running(engine);

        done.addAll(engine.onTargets(now(), new Targets(Set.of(), Set.of("n2"), Set.of("a"), false, Set.of(), 9)));

        assertThat(take(Effect.StopRun.class)).hasSize(1);
        assertThat(engine.standings()).hasSize(1);
    }

    @Test
    void aNewTaskWaitsForItsOwnerLikeAnyOther() {
        var engine = owning(Tasks.service("a"), Set.of());
        running(engine);

        done.addAll(engine.onTasks(now(), List.of(Tasks.service("a"), Tasks.service("b"))));
        assertThat(take(Effect.StartRun.class)).isEmpty();
        done.addAll(engine.onTargets(now(), new Targets(Set.of("a", "b"), Set.of())));

        assertThat(take(Effect.StartRun.class))
                .extracting(start -> start.task().name())
                .containsExactly("b");
    }

    @Test
    void anotherGuaranteeWaitsForTheOldCopyAndClaimsAnew() {
        var engine = owning(Tasks.service("a"), Set.of());
        var runId = running(engine);

        done.addAll(engine.onTasks(now(), List.of(Tasks.task("a", new Schedule.Service(), Guarantee.EXCLUSIVE))));
        assertThat(take(Effect.AskClaim.class)).isEmpty();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.AskClaim.class)).hasSize(1);
    }

    @Test
    void aSecondChangeBeforeTheFirstIsThroughWins() {
        var engine = owning(Tasks.service("a"), Set.of());
        var runId = running(engine);

        done.addAll(engine.onTasks(now(), List.of(other(Tasks.service("a")))));
        done.addAll(engine.onTasks(now(), List.of(Tasks.service("a"))));
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class))
                .extracting(start -> ((Work.Command) start.task().work()).command())
                .containsExactly(List.of("true"));
    }
}
