package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.rota.scheduler.loop.BootClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leash ends everything when nobody speaks to it, and nothing while somebody does. */
final class LeashIT {
    private static final String NODE = "leashed-" + GuardMain.NODE;
    private static final Duration WAIT = HeardReports.WAIT;

    @TempDir
    private Path dir = Path.of("");

    private ChildList list;
    private Child child;
    private Leash leash;

    LeashIT() {}

    @BeforeEach
    void start() throws IOException {
        // A node of its own: the leashes of other tests may still be at work on theirs.
        assumeThat(Hold.GROUP.isThere() && Leash.isPossible()).isTrue();
        list = ChildList.open(
                dir, NODE, "1", ProcessId.of(ProcessHandle.current().pid()), Hold.GROUP.parents());
        child = Child.start(order(), list);
        leash = Leash.start(list);
    }

    @AfterEach
    void end() {
        leash.close();
        child.killUntilGone();
        child.forget(list);
        list.close();
    }

    @Test
    void pullsWhenTheTimeItWasToldIsOver() {
        long until = now() + Duration.ofMillis(700).toNanos();
        leash.holdUntil(now(), until);

        await().atMost(WAIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !child.id().isUp());
        assertThat(now())
                .isBetween(until - 20_000_000L, until + Duration.ofMillis(500).toNanos());
        await().atMost(WAIT).until(() -> child.tree().alive().isEmpty());
    }

    @Test
    void waitsAsLongAsItIsToldAgain() {
        long begin = now();
        await().atMost(WAIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            leash.holdUntil(now(), now() + Duration.ofMillis(800).toNanos());
            return now() - begin > Duration.ofMillis(2_500).toNanos();
        });

        assertThat(child.id().isUp()).isTrue();
    }

    @Test
    void heldUpItselfItReadsWhatItWasToldBeforeItPulls() throws IOException {
        leash.holdUntil(now(), now() + Duration.ofMillis(900).toNanos());
        Processes.signal("STOP", leash.pid());
        long begin = now();
        await().atMost(WAIT)
                .until(() -> now() - begin > Duration.ofMillis(1_500).toNanos());
        leash.holdUntil(now(), now() + Duration.ofSeconds(30).toNanos());
        Processes.signal("CONT", leash.pid());

        await().during(Duration.ofSeconds(1))
                .atMost(WAIT)
                .until(() -> child.id().isUp());
    }

    @Test
    void killedItIsReplaced() throws IOException {
        long first = leash.pid();
        leash.holdUntil(now(), now() + Duration.ofSeconds(30).toNanos());
        Processes.signal("KILL", first);

        await().atMost(WAIT).until(() -> {
            leash.holdUntil(now(), now() + Duration.ofSeconds(30).toNanos());
            return leash.pid() != first && list.head().leash().pid() == leash.pid();
        });
        assertThat(child.id().isUp()).isTrue();
    }

    @Test
    void closedItHarmsNobody() {
        leash.close();

        await().during(Duration.ofSeconds(1))
                .atMost(WAIT)
                .until(() -> child.id().isUp());
    }

    private static GuardCommand.Start order() {
        var order = Orders.ring("r", Orders.HAS_HIDDEN_GRANDCHILD);
        var environment = new HashMap<>(order.environment());
        environment.put(GuardCommand.MARK, NODE + "/1/" + UUID.randomUUID() + "/r");
        return new GuardCommand.Start(order.runId(), order.argv(), order.workingDir(), environment, false);
    }

    private static long now() {
        return BootClock.uptimeNanos().orElseThrow();
    }
}
