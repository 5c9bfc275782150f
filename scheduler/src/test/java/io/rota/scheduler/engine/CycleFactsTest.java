package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who is told what of cycles, each way by itself. */
class CycleFactsTest {
    private static final Moment NOW = new Moment(0, 1_000_000_000_000L);

    private static final TaskDefinition A = Tasks.task("a", new Schedule.Manual(), Guarantee.RING);
    private static final TaskDefinition B = after("b");

    private final List<Effect> effects = new ArrayList<>();
    private final Engine engine = new Engine("n1/1", List.of(A, B));

    private static TaskDefinition after(String name) {
        return Tasks.task(name, new Schedule.After(List.of("a"), Schedule.When.ALWAYS), Guarantee.RING);
    }

    private List<String> started() {
        var started = effects.stream()
                .filter(Effect.StartRun.class::isInstance)
                .map(start -> ((Effect.StartRun) start).run().id())
                .toList();
        effects.clear();
        return started;
    }

    /** The node is alone, and a has ended in one cycle, and b after it. */
    private void bothHaveEnded() {
        engine.onTargets(NOW, new Targets(Set.of("a", "b"), Set.of()));
        engine.onOrdered(NOW, 1, "a", "k1", new TreeMap<>());
        for (var task : List.of("a", "b")) {
            engine.onRunEvent(NOW, task, new RunEvent.Started(task + "@a~k1", 1));
            engine.onRunEvent(NOW, task, new RunEvent.Ended(task + "@a~k1", 0));
        }
    }

    private static CycleFact ended(String task) {
        return new CycleFact(task, "a~k1", NOW.wallMillis(), RunState.SUCCEEDED);
    }

    @Test
    void aYieldCarriesWhatIsKnownOfTheTaskAndOfThoseItNeeds() {
        bothHaveEnded();
        engine.onTargets(NOW, new Targets(Set.of("a"), Set.of("n2")));

        effects.addAll(engine.onYieldAsked(NOW, 7, "n2", Set.of("b")));

        assertThat(effects.stream().filter(Effect.AnswerYield.class::isInstance))
                .singleElement()
                .satisfies(answer -> assertThat(((Effect.AnswerYield) answer).cycles())
                        .containsExactlyInAnyOrder(ended("a"), ended("b")));
    }

    @Test
    void aNewcomerIsToldEverything() {
        bothHaveEnded();

        effects.addAll(engine.onTargets(NOW, new Targets(Set.of("a", "b"), Set.of("n2"))));

        assertThat(effects.stream().filter(Effect.TellCycles.class::isInstance))
                .singleElement()
                .satisfies(tell -> {
                    assertThat(((Effect.TellCycles) tell).member()).isEqualTo("n2");
                    assertThat(((Effect.TellCycles) tell).cycles()).containsExactlyInAnyOrder(ended("a"), ended("b"));
                });
    }

    @Test
    void aTaskThatIsRemovedAndComesBackDoesNotBeginItsCyclesAgain() {
        bothHaveEnded();

        effects.addAll(engine.onTasks(NOW, List.of(A)));
        effects.addAll(engine.onTasks(NOW, List.of(A, B)));
        effects.addAll(engine.onTick(NOW));

        assertThat(started()).isEmpty();
    }

    @Test
    void aTaskThatIsDefinedLaterBeginsWithTheNextCycle() {
        bothHaveEnded();
        engine.onTargets(NOW, new Targets(Set.of("a", "b", "c"), Set.of()));

        effects.addAll(engine.onTasks(NOW, List.of(A, B, after("c"))));
        effects.addAll(engine.onTick(NOW));
        assertThat(started()).isEmpty();

        engine.onOrdered(NOW, 2, "a", "k2", new TreeMap<>());
        engine.onRunEvent(NOW, "a", new RunEvent.Started("a@a~k2", 1));
        effects.addAll(engine.onRunEvent(NOW, "a", new RunEvent.Ended("a@a~k2", 0)));
        assertThat(started()).contains("c@a~k2");
    }

    @Test
    void whatHasEndedStaysAsItEndedFirst() {
        bothHaveEnded();

        engine.onCyclesHeard(NOW, List.of(new CycleFact("a", "a~k1", 0, RunState.LOST)));
        effects.addAll(engine.onTargets(NOW, new Targets(Set.of("a", "b"), Set.of("n2"))));

        assertThat(effects.stream()
                        .filter(Effect.TellCycles.class::isInstance)
                        .flatMap(tell -> ((Effect.TellCycles) tell).cycles().stream()))
                .contains(ended("a"));
    }
}
