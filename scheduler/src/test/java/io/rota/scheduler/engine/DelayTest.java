package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fixed delay after the end of the run before. */
class DelayTest {
    private static final String NOON = "2026-06-01T12:00:00Z";
    private static final long MINUTE = 60_000;

    private static TaskDefinition tenMinutes() {
        return Tasks.task("a", new Schedule.Delay(Duration.ofMinutes(10)), Guarantee.RING);
    }

    @Test
    void theFirstComesAfterOneDelayAndTheNextAfterTheEnd() {
        var node = new OneNode(tenMinutes(), NOON).own().pass(10 * MINUTE);
        assertThat(node.runs()).containsExactly("12:10:00 STARTING");

        node.up().pass(25 * MINUTE);
        assertThat(node.runs()).as("none falls due while it runs").containsExactly("12:10:00 RUNNING");
        node.exit(node.lastStarted(), 0).pass(9 * MINUTE);
        assertThat(node.runs()).containsExactly("12:10:00 SUCCEEDED");
        node.pass(MINUTE);

        assertThat(node.runs()).containsExactly("12:10:00 SUCCEEDED", "12:45:00 STARTING");
    }

    @Test
    void aStallMakesOneRunLateAndNoneMissed() {
        var node = new OneNode(tenMinutes(), NOON).own().stall(60 * MINUTE);

        assertThat(node.runs()).containsExactly("12:10:00 STARTING");
    }

    @Test
    void aClockThatIsSetNeitherHurriesNorHoldsIt() {
        var forwards = new OneNode(tenMinutes(), NOON)
                .own()
                .pass(MINUTE)
                .step(60 * MINUTE)
                .pass(8 * MINUTE);
        assertThat(forwards.runs()).isEmpty();
        assertThat(forwards.pass(MINUTE).runs()).containsExactly("13:10:00 STARTING");

        var back = new OneNode(tenMinutes(), NOON)
                .own()
                .pass(MINUTE)
                .step(-60 * MINUTE)
                .pass(8 * MINUTE);
        assertThat(back.runs()).isEmpty();
        assertThat(back.pass(MINUTE).runs()).containsExactly("11:10:00 STARTING");
    }

    @Test
    void theNextOwnerCountsFromTheLastEnd() {
        var world = new ScheduleWorld(1, List.of("n1", "n2"), List.of(tenMinutes()))
                .process("a", 30_000, 0)
                .agree(Map.of("a", "n1"))
                .run(15 * MINUTE)
                .agree(Map.of("a", "n2"))
                .run(10 * MINUTE);

        assertThat(world.ends("a")).hasSize(2);
        var ends = world.kept().stream()
                .filter(entry -> entry.run().state().isTerminal())
                .toList();
        assertThat(ends.get(1).node()).isEqualTo("n2");
        assertThat(ends.get(1).atMillis() - ends.get(0).atMillis()).isBetween(630_000L, 630_100L);
    }

    @Test
    void whenTheOwnerDiesTheNextOneGoesOnFromWhatItSaidLast() {
        var world = new ScheduleWorld(1, List.of("n1", "n2"), List.of(tenMinutes()))
                .process("a", 30_000, 0)
                .agree(Map.of("a", "n1"))
                .run(15 * MINUTE);
        world.kill("n1", 1_000);
        world.run(10 * MINUTE);

        assertThat(world.kept().stream()
                        .filter(entry -> entry.node().equals("n2"))
                        .findFirst()
                        .orElseThrow()
                        .atMillis())
                .isBetween(20 * MINUTE + 29_000, 20 * MINUTE + 31_000);
    }
}
