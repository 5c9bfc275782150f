package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is left who could end the tasks but kernel and leash: node and guard are killed, or frozen, at once. */
final class NodeAndGuardLostIT {
    private static final Duration LEASE = Duration.ofSeconds(6);

    @TempDir
    private Path dir = Path.of("");

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(Hold.GROUP, Orders.HAS_HIDDEN_GRANDCHILD),
                Arguments.of(Hold.OLD_GROUP, Orders.HAS_HIDDEN_GRANDCHILD),
                Arguments.of(Hold.MARK, Orders.HAS_DEAF_GRANDCHILD));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void killedTogetherTheyLeaveNobody(Hold hold, String script) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        try (var guard = guard(LEASE, hold)) {
            var pids = startBoth(guard, script);

            guard.kill();

            await().atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> pids.stream().noneMatch(Processes::isUp));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void frozenTogetherTheyLeaveNobodyBehindTheLeash(Hold hold, String script) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        try (var guard = guard(LEASE, hold)) {
            var pids = startBoth(guard, script);

            Processes.signal("STOP", guard.pid());

            await().atMost(Duration.ofNanos(GuardServer.LEASH_NANOS).plusSeconds(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> pids.stream().noneMatch(Processes::isUp));
        }
    }

    /** The leash would wait for 3 s more; the lease of 2 s does not. */
    @ParameterizedTest
    @MethodSource("cases")
    void frozenTogetherTheyLeaveNobodyBehindTheLease(Hold hold, String script) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        var lease = Duration.ofSeconds(2);
        try (var guard = guard(lease, hold)) {
            var pids = startBoth(guard, script);

            guard.grantLease();
            long granted = System.nanoTime();
            guard.send(new GuardCommand.Start("seen", List.of("/bin/true"), "", java.util.Map.of(), false));
            guard.heard().exitCodeOf("seen");
            Processes.signal("STOP", guard.pid());

            await().atMost(Duration.ofSeconds(3))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pids.stream().noneMatch(Processes::isUp));
            assertThat(System.nanoTime() - granted).isLessThan(lease.toNanos() + 300_000_000L);
        }
    }

    private LoneGuard guard(Duration lease, Hold hold) throws IOException {
        return new LoneGuard(lease, dir, "1", ProcessHandle.current().pid(), hold);
    }

    /** An exclusive and a ring task, each with a grandchild; all of their processes. */
    private static List<Long> startBoth(LoneGuard guard, String script) throws IOException {
        guard.grantLease();
        guard.send(Orders.exclusive("exclusive", script));
        guard.send(Orders.ring("ring", script));
        var heard = guard.heard();
        var pids = List.of(
                heard.pidOf("exclusive"),
                heard.pidOf("ring"),
                heard.grandchildOf("exclusive"),
                heard.grandchildOf("ring"));
        assertThat(pids).allMatch(Processes::isUp);
        return pids;
    }
}
