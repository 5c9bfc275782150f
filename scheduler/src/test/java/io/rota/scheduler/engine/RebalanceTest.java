package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Rebalance;
import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Moves of tasks between nodes that are all well. */
class RebalanceTest {
    private static final long MILLI = 1_000_000L;
    private static final long WALL = 1_700_000_000_000L;

    private long millis;
    private final List<Effect> done = new ArrayList<>();

    private Moment now() {
        return new Moment(millis * MILLI, WALL + millis);
    }

    private static Engine engine(List<TaskDefinition> tasks) {
        return new Engine("n1/b", tasks);
    }

    private void targets(Engine engine, Set<String> owned, Set<String> others, boolean leaving, int movesAtOnce) {
        done.addAll(engine.onTargets(now(), new Targets(owned, others, Set.of(), leaving, Set.of(), movesAtOnce)));
    }

    /** Starts all tasks that are services, alone; then gives them to n2. */
    private Engine ran(int movesAtOnce, boolean leaving, TaskDefinition... tasks) {
        var engine = engine(List.of(tasks));
        var names = List.of(tasks).stream().map(TaskDefinition::name).collect(Collectors.toSet());
        targets(engine, names, Set.of(), false, movesAtOnce);
        started(engine);
        targets(engine, Set.of(), Set.of("n2"), leaving, movesAtOnce);
        return engine;
    }

    private void started(Engine engine) {
        for (var start : take(Effect.StartRun.class)) {
            done.addAll(engine.onRunEvent(
                    now(), start.task().name(), new RunEvent.Started(start.run().id(), 42)));
        }
    }

    private <T extends Effect> List<T> take(Class<T> type) {
        var taken = done.stream().filter(type::isInstance).map(type::cast).toList();
        done.removeIf(type::isInstance);
        return taken;
    }

    private static TaskDefinition[] services(int count) {
        return IntStream.range(0, count).mapToObj(i -> Tasks.service("s" + i)).toArray(TaskDefinition[]::new);
    }

    @Test
    void servicesMakeWaySomeAtATimeAndTheRestGoOnRunning() {
        var engine = ran(3, false, services(10));
        var names = IntStream.range(0, 10).mapToObj(i -> "s" + i).collect(Collectors.toSet());

        done.addAll(engine.onYieldAsked(now(), 7, "n2", names));
        var first = take(Effect.StopRun.class);
        assertThat(first).hasSize(3);
        assertThat(engine.standings())
                .filteredOn(standing -> standing.phase() == Phase.RUNNING)
                .hasSize(7);

        var gone = first.get(0).runId();
        done.addAll(engine.onRunEvent(now(), gone.substring(0, gone.indexOf('@')), new RunEvent.Ended(gone, 143)));
        assertThat(take(Effect.AnswerYield.class))
                .as("the first that is gone is handed over at once")
                .extracting(answer -> answer.granted().size())
                .containsExactly(1);

        names.remove(gone.substring(0, gone.indexOf('@')));
        done.addAll(engine.onYieldAsked(now(), 8, "n2", names));
        assertThat(take(Effect.StopRun.class))
                .as("its new owner is still starting it")
                .isEmpty();

        millis += HandOver.ARRIVAL_MILLIS;
        done.addAll(engine.onTick(now()));
        assertThat(take(Effect.StopRun.class)).as("one place is free again").hasSize(1);
    }

    @Test
    void aCopyThatIsOneTooManyIsRecordedAsADoubleRun() {
        var engine = ran(9, false, Tasks.service("a"));

        done.addAll(engine.onSurplus(now(), Set.of("a")));
        var runId = take(Effect.StopRun.class).get(0).runId();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 143)));

        var records = take(Effect.KeepRun.class);
        var last = records.get(records.size() - 1).run();
        assertThat(last.state()).isEqualTo(RunState.HANDED_OVER);
        assertThat(last.reason()).startsWith("DOUBLE_RUN");
    }

    @Test
    void aTaskThatNeverMovesStaysWhileItsNodeIsWell() {
        var engine = ran(9, false, Tasks.service("a").with(Rebalance.NEVER));

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        millis += Tickets.OPEN_MILLIS;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StopRun.class)).isEmpty();
        assertThat(take(Effect.AnswerYield.class)).containsExactly(new Effect.AnswerYield(7, Set.of()));
    }

    @Test
    void aTaskThatNeverMovesIsStartedAgainWhereItStays() {
        var engine = engine(List.of(Tasks.service("a").with(Rebalance.NEVER)));
        targets(engine, Set.of("a"), Set.of(), false, 9);
        var runId = take(Effect.StartRun.class).get(0).run().id();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Started(runId, 42)));
        targets(engine, Set.of(), Set.of("n2"), false, 9);

        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 1)));
        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        millis += 10_000;
        done.addAll(engine.onTick(now()));

        assertThat(take(Effect.StartRun.class)).hasSize(1);
        assertThat(take(Effect.AnswerYield.class))
                .extracting(Effect.AnswerYield::granted)
                .allMatch(Set::isEmpty);
    }

    @Test
    void aTaskThatNeverMovesLeavesANodeThatDrains() {
        var engine = ran(9, true, Tasks.service("a").with(Rebalance.NEVER));

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));

        assertThat(take(Effect.StopRun.class)).hasSize(1);
    }

    @Test
    void anIdleMoverIsNotStoppedAndNotStartedAgain() {
        var engine = engine(List.of(Tasks.service("a").with(Rebalance.IDLE)));
        targets(engine, Set.of("a"), Set.of(), false, 9);
        var runId = take(Effect.StartRun.class).get(0).run().id();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Started(runId, 42)));
        targets(engine, Set.of(), Set.of("n2"), false, 9);

        done.addAll(engine.onYieldAsked(now(), 7, "n2", Set.of("a")));
        assertThat(take(Effect.StopRun.class)).isEmpty();
        done.addAll(engine.onRunEvent(now(), "a", new RunEvent.Ended(runId, 1)));

        assertThat(take(Effect.AnswerYield.class)).containsExactly(new Effect.AnswerYield(7, Set.of("a")));
        assertThat(take(Effect.StartRun.class)).isEmpty();
    }

    @Test
    void whoeverIsGrantedSomeAsksForTheRestAtOnce() {
        var engine = engine(List.of(Tasks.service("a"), Tasks.every("b", Duration.ofSeconds(1))));
        targets(engine, Set.of("a", "b"), Set.of("n2"), false, 9);
        var ask = take(Effect.AskYield.class).get(0);

        done.addAll(engine.onYieldAnswered(now(), ask.ask(), "n2", Set.of("b")));

        assertThat(take(Effect.AskYield.class))
                .extracting(Effect.AskYield::tasks)
                .containsExactly(Set.of("a"));
    }

    @Test
    void aServiceThatNobodyElseMayRunIsStoppedByANodeThatDrains() {
        var engine = engine(List.of(Tasks.service("a"), Tasks.service("b")));
        targets(engine, Set.of("a", "b"), Set.of("n2"), false, 9);
        take(Effect.AskYield.class)
                .forEach(ask -> done.addAll(engine.onYieldAnswered(now(), ask.ask(), "n2", ask.tasks())));
        started(engine);

        done.addAll(engine.onTargets(now(), new Targets(Set.of(), Set.of("n2"), Set.of(), true, Set.of("a"), 9)));

        assertThat(take(Effect.StopRun.class))
                .singleElement()
                .satisfies(stop -> assertThat(stop.runId()).startsWith("a@"));
        assertThat(engine.standings())
                .filteredOn(standing -> standing.phase() == Phase.RUNNING)
                .extracting(standing -> standing.task().name())
                .as("what another may run is only stopped when that one asks")
                .containsExactly("b");
    }
}
