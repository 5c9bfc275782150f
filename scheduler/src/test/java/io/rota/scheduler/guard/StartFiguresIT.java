package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a start costs under each thing that can hold a run; {@code scripts/bench guard} prints it. */
final class StartFiguresIT {
    private static final int RUNS = Integer.getInteger("rota.starts", 50);
    private static final Duration WAIT = Duration.ofMinutes(2);

    @TempDir
    private Path dir = Path.of("");

    @ParameterizedTest
    @EnumSource
    void everyRunOfTrueEndsWell(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        try (var guard = new LoneGuard(
                Duration.ofSeconds(6), dir, "1", ProcessHandle.current().pid(), hold)) {
            run(guard, "warm", 20);

            long begin = System.nanoTime();
            run(guard, "run", RUNS);
            double seconds = (System.nanoTime() - begin) / 1e9;

            System.out.printf("runs of true held by %s: %d in %.2f s, %.0f/s%n", hold, RUNS, seconds, RUNS / seconds);
        }
    }

    /** Orders all at once, and waits until all have ended. */
    private static void run(LoneGuard guard, String name, int count) throws IOException {
        var runs = IntStream.range(0, count).mapToObj(i -> name + i).toList();
        for (var run : runs) {
            guard.send(Orders.order(run, List.of("true"), "", false));
        }
        await().atMost(WAIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> guard.heard().endings() >= count);
        assertThat(runs).allMatch(run -> guard.heard().exitCodeOf(run) == 0);
        guard.heard().forget();
    }
}
