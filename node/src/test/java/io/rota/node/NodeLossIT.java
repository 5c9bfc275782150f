package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node by itself that is killed or frozen, with its guard or without: what becomes of its tasks, and who may go on. */
final class NodeLossIT {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(6);
    /** What a busy machine may add. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    @TempDir
    private Path dir = Path.of("");

    private LossConfig config;

    NodeLossIT() {}

    @BeforeEach
    void writeConfig() throws IOException {
        config = new LossConfig(dir);
    }

    @Test
    void killedNodeLeavesNobodyAndItsWordLetsTheNextBootGoOn() throws Exception {
        LossConfig.Up free;
        LossConfig.Up alone;
        try (var node = RotaProcess.start(dir, "start")) {
            free = config.awaitFree();
            alone = config.awaitAlone();
            assertThat(alone.token()).isOne();

            Processes.signal("KILL", node.pid());

            await().atMost(SLACK).pollInterval(Duration.ofMillis(10)).until(() -> free.isGone() && alone.isGone());
            await().atMost(WAIT).until(() -> config.keptWords() == 1);
        }

        try (var next = RotaProcess.start(dir, "start")) {
            assertThat(config.awaitAlone().token()).isEqualTo(2);
            assertThat(next.err()).contains("a majority of the arbiters has taken the word node=n1");
            assertThat(config.keptWords()).isZero();
        }
    }

    @Test
    void nodeAndGuardKilledTogetherLeaveNobodyAndTheNextBootSignsForThem() throws Exception {
        try (var node = RotaProcess.start(dir, "start")) {
            var free = config.awaitFree();
            var alone = config.awaitAlone();

            Processes.signal("KILL", node.pid(), node.guard());

            await().atMost(SLACK).pollInterval(Duration.ofMillis(10)).until(() -> free.isGone() && alone.isGone());
            assertThat(config.keptWords()).isZero();
        }

        try (var next = RotaProcess.start(dir, "start")) {
            assertThat(config.awaitAlone().token()).isEqualTo(2);
            assertThat(next.err())
                    .contains("every process of an earlier guard is gone node=n1")
                    .contains("a majority of the arbiters has taken the word node=n1");
        }
    }

    @Test
    void frozenNodesExclusiveTaskIsGoneByTheDeadlineAndComesBackByANewClaimOnly() throws Exception {
        try (var node = RotaProcess.start(dir, "start")) {
            var free = config.awaitFree();
            var alone = config.awaitAlone();

            Processes.signal("STOP", node.pid());

            await().atMost(LEASE.plus(SLACK))
                    .pollInterval(Duration.ofMillis(20))
                    .until(alone::isGone);
            assertThat(free.isUp()).isTrue();
            assertThat(config.hasStarted("alone")).isFalse();

            Processes.signal("CONT", node.pid());

            assertThat(config.awaitAlone().token()).isEqualTo(2);
            assertThat(free.isUp()).isTrue();
        }
    }

    @Test
    void nodeAndGuardFrozenTogetherLeaveNobodyAndComeBackByANewClaimOnly() throws Exception {
        try (var node = RotaProcess.start(dir, "start")) {
            var free = config.awaitFree();
            var alone = config.awaitAlone();
            long guard = node.guard();

            Processes.signal("STOP", node.pid(), guard);

            await().atMost(LEASE).pollInterval(Duration.ofMillis(20)).until(() -> free.isGone() && alone.isGone());

            Processes.signal("CONT", node.pid(), guard);

            assertThat(config.awaitAlone().token()).isEqualTo(2);
            config.awaitFree();
        }
    }

    @Test
    void frozenGuardIsReplacedWithAllItsTasks() throws Exception {
        try (var node = RotaProcess.start(dir, "start")) {
            var free = config.awaitFree();
            var alone = config.awaitAlone();
            long guard = node.guard();

            Processes.signal("STOP", guard);

            await().atMost(Duration.ofSeconds(2).plus(SLACK))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> free.isGone() && alone.isGone() && !Processes.isUp(guard));
            assertThat(config.awaitAlone().token()).isEqualTo(2);
            assertThat(node.guard()).isNotEqualTo(guard);
        }
    }

    @Test
    void deadlineIsKeptAlsoWhenNobodyReadsTheLog() throws Exception {
        var log = dir.resolve("log");
        // Holds the pipe open and never reads; on USR1 it fills it up.
        var reader = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "mkfifo log; exec 3<>log; trap 'dd if=/dev/zero of=log bs=4096 count=64 oflag=nonblock"
                                + " 2>/dev/null; dd if=/dev/zero of=log bs=1 count=4096 oflag=nonblock 2>/dev/null;"
                                + " echo full' USR1; echo open; while :; do sleep 0.1; done")
                .directory(dir.toFile())
                .start();
        var told = reader.inputReader();
        try {
            assertThat(told.readLine()).isEqualTo("open");
            try (var node = RotaProcess.startWithLog(dir, log, "start")) {
                var alone = config.awaitAlone();
                Processes.signal("USR1", reader.pid());
                assertThat(told.readLine()).isEqualTo("full");

                Processes.signal("STOP", node.pid());

                await().atMost(LEASE.plus(SLACK))
                        .pollInterval(Duration.ofMillis(20))
                        .until(alone::isGone);
                Processes.signal("CONT", node.pid());
            }
        } finally {
            reader.destroyForcibly();
        }
    }
}
