package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.Schedule.When;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that need others, in the same cycle. */
class NeedsTest {
    private static final String CYCLE = "2026-06-01T12:01:00Z";
    private static final long MINUTE = 60_000;

    private static TaskDefinition root(String name) {
        return Tasks.every(name, Duration.ofMinutes(1));
    }

    private static TaskDefinition after(String name, When when, String... needs) {
        return Tasks.task(name, new Schedule.After(List.of(needs), when), Guarantee.RING);
    }

    private static ScheduleWorld world(TaskDefinition... tasks) {
        var world = new ScheduleWorld(1, List.of("n1", "n2", "n3"), List.of(tasks));
        for (var task : tasks) {
            world.process(task.name(), 1_000, 0);
        }
        return world;
    }

    @Test
    void theChildBeginsAsSoonAsItsParentHasEndedOnWhicheverNode() {
        var world = world(root("j1"), root("j2"), after("j3", When.SUCCESS, "j1"))
                .process("j2", 50_000, 0)
                .agree(Map.of("j1", "n1", "j2", "n1", "j3", "n2"))
                .run(MINUTE + 30_000);

        assertThat(world.ends("j1", "j2", "j3"))
                .containsExactly("j1@" + CYCLE + " SUCCEEDED", "j3@" + CYCLE + " SUCCEEDED");
        assertThat(world.at("j3@" + CYCLE, RunState.STARTING) - world.at("j1@" + CYCLE, RunState.SUCCEEDED))
                .as("milliseconds from the parent's record to the child's start, with messages of up to 5 ms")
                .isBetween(0L, 50L);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS,0,SUCCEEDED", "SUCCESS,1,SKIPPED",
        "FAILURE,0,SKIPPED", "FAILURE,1,SUCCEEDED",
        "ALWAYS,0,SUCCEEDED", "ALWAYS,1,SUCCEEDED"
    })
    void whenSaysWhatTheParentMustHaveComeTo(When when, int code, RunState end) {
        var world = world(root("a"), after("b", when, "a"))
                .process("a", 1_000, code)
                .agree(Map.of("a", "n1", "b", "n2"))
                .run(MINUTE + 30_000);

        assertThat(world.ends("b")).containsExactly("b@" + CYCLE + " " + end);
    }

    @Test
    void theReasonOfASkipNamesTheParent() {
        var world = world(root("a"), after("b", When.SUCCESS, "a"), after("c", When.ALWAYS, "b"))
                .process("a", 1_000, 1)
                .agree(Map.of("a", "n1", "b", "n2", "c", "n3"))
                .run(MINUTE + 30_000);

        assertThat(world.reason("b@" + CYCLE)).isEqualTo("what it needs has not succeeded: a FAILED");
        assertThat(world.reason("c@" + CYCLE))
                .as("a skipped parent skips, whatever when says")
                .isEqualTo("what it needs was skipped: b SKIPPED");
    }

    @Test
    void aDiamondWaitsForBothSides() {
        var world = world(
                        root("a"),
                        after("left", When.SUCCESS, "a"),
                        after("right", When.SUCCESS, "a"),
                        after("join", When.SUCCESS, "left", "right"))
                .process("right", 20_000, 0)
                .agree(Map.of("a", "n1", "left", "n2", "right", "n3", "join", "n1"))
                .run(MINUTE + 40_000);

        assertThat(world.ends("left", "right", "join"))
                .containsExactly(
                        "left@" + CYCLE + " SUCCEEDED",
                        "right@" + CYCLE + " SUCCEEDED",
                        "join@" + CYCLE + " SUCCEEDED");
    }

    @Test
    void aSkippedOccurrenceOfTheParentSkipsTheChild() {
        var world = world(root("a"), after("b", When.ALWAYS, "a"))
                .process("a", 90_000, 0)
                .agree(Map.of("a", "n1", "b", "n2"))
                .run(2 * MINUTE + 10_000);

        assertThat(world.ends("b")).containsExactly("b@2026-06-01T12:02:00Z SKIPPED");
    }

    @Test
    void onlyTheEndOfAllTriesOfTheParentCounts() {
        var retried = root("a").with(Tasks.retrying(1, Duration.ZERO, 0));
        var world = world(retried, after("b", When.FAILURE, "a"))
                .process("a", 1_000, 1)
                .agree(Map.of("a", "n1", "b", "n2"))
                .run(MINUTE + 30_000);

        assertThat(world.ends("a", "b")).containsExactly("a@" + CYCLE + " FAILED", "b@" + CYCLE + " SUCCEEDED");
    }

    // ---- orders

    @Test
    void anOrderedRootMakesACycleOfItsOwn() {
        var world = world(Tasks.task("a", new Schedule.Manual(), Guarantee.RING), after("b", When.SUCCESS, "a"))
                .agree(Map.of("a", "n1", "b", "n2"))
                .run(1_000)
                .order("n1", "a", "k1")
                .run(10_000);

        assertThat(world.ends("a", "b")).containsExactly("a@a~k1 SUCCEEDED", "b@a~k1 SUCCEEDED");
    }

    @Test
    void anOrderInTheMiddleConcernsOnlyWhatFollows() {
        var world = world(
                        Tasks.task("a", new Schedule.Manual(), Guarantee.RING),
                        after("left", When.SUCCESS, "a"),
                        after("right", When.SUCCESS, "a"),
                        after("join", When.SUCCESS, "left", "right"))
                .agree(Map.of("a", "n1", "left", "n2", "right", "n3", "join", "n1"))
                .run(1_000)
                .order("n2", "left", "k1")
                .run(10_000);

        assertThat(world.ends("a", "left", "right", "join"))
                .containsExactly("left@left~k1 SUCCEEDED", "join@left~k1 SUCCEEDED");
    }

    // ---- owners that change

    @Test
    void aCycleIsNotLostWithTheOwnerOfTheChild() {
        var world = world(root("a"), after("b", When.SUCCESS, "a"))
                .process("a", 20_000, 0)
                .agree(Map.of("a", "n1", "b", "n2"))
                .run(MINUTE + 10_000);
        world.kill("n2", 15_000);
        world.run(60_000);

        assertThat(world.ends("b")).containsExactly("b@" + CYCLE + " SUCCEEDED");
    }

    @Test
    void theNextOwnerOfTheChildDoesNotRepeatACycle() {
        var world = world(root("a"), after("b", When.SUCCESS, "a"))
                .agree(Map.of("a", "n1", "b", "n2"))
                .run(MINUTE + 10_000)
                .agree(Map.of("b", "n3"))
                .run(10_000);
        world.kill("n2", 1_000);
        world.run(10_000);
        world.agree(Map.of("b", "n1")).run(10_000);

        assertThat(world.ends("b")).containsExactly("b@" + CYCLE + " SUCCEEDED");
    }

    @Test
    void aRunThatDiesWithItsNodeIsRecordedByTheNextOwner() {
        var world = world(root("a"), after("b", When.FAILURE, "a"))
                .process("a", 20_000, 0)
                .agree(Map.of("a", "n3", "b", "n2"))
                .run(MINUTE + 10_000);
        world.kill("n3", 1_000);
        world.run(15_000);

        assertThat(world.ends("a", "b")).containsExactly("a@" + CYCLE + " LOST", "b@" + CYCLE + " SUCCEEDED");
        assertThat(world.reason("a@" + CYCLE)).isEqualTo("the node that ran it is gone");
    }

    @Test
    void aNewcomerIsToldEverythingBeforeItOwnsTheChild() {
        var world = world(root("a"), after("b", When.SUCCESS, "a")).agree(Map.of("a", "n1", "b", "n1"));
        world.kill("n3", 100);
        world.run(2 * MINUTE + 10_000);
        world.restart("n3");
        world.run(1_000);
        world.kill("n2", 100);
        world.agree(Map.of("a", "n3", "b", "n3")).run(1_000);
        world.kill("n1", 100);
        world.run(10_000);

        assertThat(world.ends("b")).containsExactly("b@" + CYCLE + " SUCCEEDED", "b@2026-06-01T12:02:00Z SUCCEEDED");
    }

    @Test
    void lostMessagesDelayAChildAndLoseNone() {
        var world = world(root("a"), after("b", When.SUCCESS, "a"))
                .network(50, 300)
                .agree(Map.of("a", "n1", "b", "n2"))
                .run(10 * MINUTE + 50_000);

        assertThat(world.ends("b")).hasSize(10).allMatch(end -> end.endsWith("SUCCEEDED"));
    }

    @Test
    void seldomOccurrencesAreNotRepeatedWhenTheOwnerDiesAtOnce() {
        var seldom = root("a").with(Tasks.policy(Overlap.SKIP, CatchUp.LAST, Duration.ofHours(1)));
        var world = world(seldom).process("a", 100, 0).agree(Map.of("a", "n1")).run(MINUTE + 200);
        world.kill("n1", 100);
        world.run(30_000);

        assertThat(world.ends("a")).containsExactly("a@" + CYCLE + " SUCCEEDED");
    }

    @Test
    void manyCyclesAreForgottenAndNoneComesAgain() {
        var world = world(root("a"), after("b", When.SUCCESS, "a")).agree(Map.of("a", "n1", "b", "n2"));
        for (int i = 0; i < 8; i++) {
            world.run(10 * MINUTE).agree(Map.of("b", i % 2 == 0 ? "n3" : "n2"));
        }

        assertThat(world.ends("b").stream().distinct()).hasSameSizeAs(world.ends("b"));
        assertThat(world.ends("b")).hasSizeBetween(78, 80);
    }
}
