package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs that somebody orders, beside those of the schedule. */
class OrderTest {
    private static final String NOON = "2026-06-01T12:00:00Z";

    private static TaskDefinition hourly(Overlap overlap) {
        return Tasks.every("a", Duration.ofHours(1)).with(Tasks.policy(overlap, CatchUp.NONE, Duration.ofSeconds(5)));
    }

    @Test
    void anOrderedRunBeginsAtOnce() {
        var node = new OneNode(hourly(Overlap.SKIP), NOON).own();

        assertThat(node.order("k1")).isEqualTo(new OrderAnswer.Taken("a@a~k1", RunState.STARTING, ""));
        assertThat(node.runAndExit(0).reasonOf(RunState.SUCCEEDED)).isEmpty();
        assertThat(node.lastStarted()).isEqualTo("a@a~k1");
    }

    @Test
    void theSameKeyIsTheSameRun() {
        var node = new OneNode(hourly(Overlap.ALLOW), NOON).own();
        node.order("k1");

        assertThat(node.order("k1")).isEqualTo(new OrderAnswer.Taken("a@a~k1", RunState.STARTING, ""));
        node.runAndExit(3);

        assertThat(node.order("k1")).isEqualTo(new OrderAnswer.Taken("a@a~k1", RunState.FAILED, ""));
        assertThat(node.done(Effect.StartRun.class)).hasSize(1);
        assertThat(node.order("k2")).isInstanceOf(OrderAnswer.Taken.class);
        assertThat(node.done(Effect.StartRun.class)).hasSize(2);
    }

    @Test
    void anOrderThatMeetsARunIsTreatedAsTheTaskSays() {
        var skip = new OneNode(hourly(Overlap.SKIP), NOON).own();
        skip.order("k1");
        var queue = new OneNode(hourly(Overlap.QUEUE), NOON).own();
        queue.order("k1");

        assertThat(skip.order("k2"))
                .isEqualTo(new OrderAnswer.Taken(
                        "a@a~k2", RunState.SKIPPED, "the run before it is still under way (overlap: skip)"));
        assertThat(queue.order("k2")).isEqualTo(new OrderAnswer.Taken("a@a~k2", RunState.QUEUED, ""));
        queue.runAndExit(0);
        assertThat(queue.lastStarted()).isEqualTo("a@a~k2");
    }

    @Test
    void theScheduleGoesOnBesideOrders() {
        var node = new OneNode(hourly(Overlap.SKIP), NOON).own();
        node.order("k1");
        node.runAndExit(0);

        node.pass(3_600_000);

        assertThat(node.lastStarted()).isEqualTo("a@2026-06-01T13:00:00Z");
    }

    @Test
    void whoDoesNotOwnTheTaskTakesNoOrder() {
        var node = new OneNode(hourly(Overlap.SKIP), NOON);

        assertThat(node.order("k1")).isInstanceOf(OrderAnswer.NotNow.class);
        assertThat(node.done(Effect.KeepRun.class)).isEmpty();
    }

    @Test
    void aServiceTakesNoOrder() {
        var node = new OneNode(Tasks.service("a"), NOON).own();

        assertThat(node.order("k1")).isEqualTo(new OrderAnswer.NotNow("a service has no runs to order"));
    }

    @Test
    void onlyTheLatestKeysAreRemembered() {
        var node = new OneNode(hourly(Overlap.SKIP), NOON).own();
        for (int i = 0; i <= Cycles.MOST; i++) {
            node.order("k" + i);
            node.runAndExit(0).pass(1_000);
        }

        node.order("k1");
        assertThat(node.done(Effect.StartRun.class)).hasSize(Cycles.MOST + 1);
        node.order("k0");
        assertThat(node.done(Effect.StartRun.class)).hasSize(Cycles.MOST + 2);
    }
}
