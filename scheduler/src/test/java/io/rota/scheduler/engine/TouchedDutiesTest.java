package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a step costs does not depend on how many tasks there are. */
class TouchedDutiesTest {
    private static final int TASKS = 100_000;
    private static final long MILLI = 1_000_000L;
    private static final long WALL = 1_700_000_000_000L - 1_700_000_000_000L % 3_600_000L;

    private final Engine engine = new Engine(
            "n1/1",
            IntStream.range(0, TASKS)
                    .mapToObj(i -> Tasks.every("t" + i, Duration.ofHours(1)))
                    .toList());

    private static Moment at(long millis) {
        return new Moment(millis * MILLI, WALL + millis);
    }

    private void ownAll() {
        Set<String> all = engine.standings().stream()
                .map(Engine.Standing::task)
                .map(TaskDefinition::name)
                .collect(Collectors.toSet());
        engine.onTargets(at(1), new Targets(all, Set.of()));
        engine.changedStandings();
    }

    @Test
    void ticksBetweenDueTimesTouchNothing() {
        ownAll();
        long before = engine.lookedAt();

        for (int i = 0; i < 1_000; i++) {
            assertThat(engine.onTick(at(2 + i))).isEmpty();
        }

        assertThat(engine.lookedAt() - before).isZero();
        assertThat(engine.changedStandings()).isEmpty();
    }

    @Test
    void anEventTouchesItsOwnTaskOnly() {
        ownAll();
        engine.onTick(at(3_600_000));
        long before = engine.lookedAt();
        engine.changedStandings();

        engine.onRunEvent(at(3_600_001), "t7", new RunEvent.Started("t7@x", 1));

        assertThat(engine.lookedAt() - before).isEqualTo(1);
        assertThat(engine.changedStandings()).hasSize(1);
    }

    @Test
    void aDueTimeTouchesThoseThatAreDue() {
        ownAll();
        long before = engine.lookedAt();

        var effects = engine.onTick(at(3_600_000));

        assertThat(engine.lookedAt() - before).isEqualTo(TASKS);
        assertThat(effects.stream().filter(Effect.StartRun.class::isInstance)).hasSize(TASKS);
    }

    @Test
    void aStepOfTheClockTouchesAllOnce() {
        ownAll();
        long before = engine.lookedAt();

        engine.onTick(new Moment(2 * MILLI, WALL + 60_000));
        engine.onTick(new Moment(3 * MILLI, WALL + 60_001));

        assertThat(engine.lookedAt() - before).isEqualTo(TASKS);
    }
}
