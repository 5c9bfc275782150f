package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.Share;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Room on a node, and whose turn it is. */
class SlotsTest {
    private static final String CYCLE = "2026-06-01T12:01:00Z";
    private static final long MINUTE = 60_000;

    private static TaskDefinition minutely(String name, int slots, int priority) {
        return Tasks.every(name, Duration.ofMinutes(1)).with(new Share(slots, priority));
    }

    private static ScheduleWorld world(int slots, int reserved, TaskDefinition... tasks) {
        var world = new ScheduleWorld(1, List.of("n1"), List.of(tasks)).slots(slots, reserved);
        var owners = new TreeMap<String, String>();
        for (var task : tasks) {
            world.process(task.name(), 10_000, 0);
            owners.put(task.name(), "n1");
        }
        return world.agree(owners);
    }

    private static List<String> starts(ScheduleWorld world) {
        var order = new ArrayList<String>();
        world.kept().stream()
                .filter(entry -> entry.run().state() == RunState.STARTING)
                .forEach(entry -> order.add(entry.run().task()));
        return order;
    }

    @Test
    void noMoreRunThanThereAreSlotsAndTheRestWaits() {
        var world = world(2, 0, minutely("a", 1, 50), minutely("b", 1, 50), minutely("c", 1, 50))
                .run(MINUTE + 5_000);

        assertThat(starts(world)).containsExactly("a", "b");
        assertThat(world.reason("c@" + CYCLE)).isEqualTo("all 2 slots of the node are taken");
        assertThat(world.standing("n1", "c").phase()).isEqualTo(Phase.QUEUED);
        world.run(20_000);
        assertThat(world.ends("a", "b", "c"))
                .containsExactly("a@" + CYCLE + " SUCCEEDED", "b@" + CYCLE + " SUCCEEDED", "c@" + CYCLE + " SUCCEEDED");
        assertThat(world.at("c@" + CYCLE, RunState.STARTING)).isEqualTo(world.at("a@" + CYCLE, RunState.SUCCEEDED));
    }

    @Test
    void theMostUrgentGoesFirst() {
        var world = world(1, 0, minutely("a", 1, 50), minutely("b", 1, 20), minutely("c", 1, 90))
                .run(MINUTE + 40_000);

        assertThat(starts(world)).containsExactly("a", "c", "b");
    }

    @Test
    void whoWaitsGrowsOlder() {
        // b begins 20 below the others, and each half minute takes one off that.
        var tasks = List.of(minutely("a", 1, 50), minutely("c", 1, 50), minutely("b", 1, 48));
        var world = world(1, 0, tasks.toArray(TaskDefinition[]::new));
        tasks.forEach(task -> world.process(task.name(), 50_000, 0));
        world.run(10 * MINUTE);

        assertThat(starts(world)).contains("b");
    }

    @Test
    void aLargeRunThatHasWaitedLongIsNotPassedForEverByUrgentOnes() {
        var urgent = Tasks.every("u", Duration.ofSeconds(10))
                .with(new Share(1, 90))
                .with(Tasks.policy(Overlap.QUEUE, CatchUp.NONE, Duration.ofSeconds(5)));
        var world = world(2, 0, urgent, minutely("big", 2, 50))
                .process("u", 12_000, 0)
                .run(45 * MINUTE);

        assertThat(starts(world)).contains("big");
    }

    @Test
    void aLargeRunIsNotStarvedBySmallOnes() {
        var world = world(2, 0, minutely("a", 1, 50), minutely("b", 2, 50), minutely("c", 1, 50))
                .process("a", 30_000, 0)
                .run(MINUTE + 50_000);

        assertThat(starts(world)).as("c would fit beside a, and waits for b").containsExactly("a", "b", "c");
    }

    @Test
    void interactiveAndOrderedRunsStartWhileBatchFillsTheNode() {
        var ordered = Tasks.task("o", new Schedule.Manual(), Guarantee.RING).with(new Share(1, Share.BATCH));
        var world = world(
                        3,
                        1,
                        minutely("a", 1, Share.BATCH),
                        minutely("b", 1, Share.BATCH),
                        minutely("c", 1, Share.BATCH),
                        ordered)
                .run(MINUTE + 5_000);
        assertThat(starts(world)).containsExactly("a", "b");

        world.order("n1", "o", "k1").run(1);

        assertThat(world.at("o@o~k1", RunState.STARTING)).isEqualTo(MINUTE + 5_000);
    }

    @Test
    void whatWaitsIsGivenUpWhenTheTaskGoesElsewhere() {
        var tasks = List.of(minutely("a", 1, 50), minutely("b", 1, 50));
        var world = new ScheduleWorld(1, List.of("n1", "n2"), tasks)
                .slots(1, 0)
                .process("a", 50_000, 0)
                .process("b", 1_000, 0)
                .agree(new TreeMap<>(java.util.Map.of("a", "n1", "b", "n1")))
                .run(MINUTE + 5_000)
                .agree(java.util.Map.of("b", "n2"))
                .run(5_000);

        assertThat(world.ends("b")).containsExactly("b@" + CYCLE + " CANCELLED");
        world.run(MINUTE);
        assertThat(world.ends("b")).hasSize(2).last().isEqualTo("b@2026-06-01T12:02:00Z SUCCEEDED");
    }

    @Test
    void aRetryWaitsForRoomLikeAnybody() {
        var world = world(1, 0, minutely("a", 1, 50).with(Tasks.retrying(1, Duration.ZERO, 0)), minutely("b", 1, 50))
                .process("a", 5_000, 1)
                .run(MINUTE + 40_000);

        assertThat(starts(world)).containsExactly("a", "b", "a");
        assertThat(world.ends("a", "b")).containsExactly("b@" + CYCLE + " SUCCEEDED", "a@" + CYCLE + " FAILED");
    }
}
