package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon the tasks of a killed node are gone. Three rounds in the build; {@code scripts/bench guard} makes it fifty
 * and prints what it found.
 */
final class GuardFiguresIT {
    private static final int ROUNDS = Integer.getInteger("rota.rounds", 3);
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    private Path dir = Path.of("");

    @Test
    void killedNodesTasksAreGoneAtOnce() throws Exception {
        var config = new LossConfig(dir);
        var nodeKilled = new ArrayList<Long>();
        var bothKilled = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            nodeKilled.add(round(config, false));
            bothKilled.add(round(config, true));
        }

        print("kill -9 of the node, all processes of two tasks gone", nodeKilled);
        print("kill -9 of node and guard, all processes of two tasks gone", bothKilled);
        assertThat(percentile(nodeKilled, 50)).isLessThanOrEqualTo(250);
    }

    /** Milliseconds from the kill until the last process is gone. */
    private long round(LossConfig config, boolean guardToo) throws Exception {
        try (var node = RotaProcess.start(dir, "start")) {
            var free = config.awaitFree();
            var alone = config.awaitAlone();
            long guard = node.guard();
            long begin = System.nanoTime();
            if (guardToo) {
                Processes.signal("KILL", node.pid(), guard);
            } else {
                Processes.signal("KILL", node.pid());
            }
            await().atMost(WAIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> free.isGone() && alone.isGone());
            return (System.nanoTime() - begin) / 1_000_000;
        }
    }

    private static long percentile(List<Long> values, int percent) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static void print(String what, List<Long> millis) {
        System.out.printf(
                "%s: n=%d p50=%d ms p99=%d ms max=%d ms%n",
                what, millis.size(), percentile(millis, 50), percentile(millis, 99), percentile(millis, 100));
    }
}
