package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is drained, started again, and let in again, as processes; then it is told to stop. */
final class DrainIT {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final List<String> TASKS = Stream.concat(Trio.names("s", 8).stream(), Trio.names("x", 4).stream())
            .toList();

    @TempDir
    private Path dir = Path.of("");

    private static String section() {
        var section = new StringBuilder("tasks:\n");
        TASKS.forEach(task -> section.append("  ")
                .append(task)
                .append(": {command: [sh, task.sh]")
                .append(task.startsWith("x") ? ", guarantee: exclusive}\n" : "}\n"));
        return section.toString();
    }

    /** True while all tasks run whose names begin so. */
    private static boolean run(Trio trio, String prefix) {
        return TASKS.stream().filter(task -> task.startsWith(prefix)).allMatch(trio::runs);
    }

    private static int active(Trio trio) throws InterruptedException {
        return trio.get(1, "/api/v1/members").split("\"active\"", -1).length - 1;
    }

    private static Set<String> tasksOf(Trio trio, String node) {
        var tasks = new TreeSet<String>();
        for (var task : TASKS) {
            try {
                if (trio.runs(task) && trio.nodeOf(task).equals(node)) {
                    tasks.add(task);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tasks;
    }

    /** A second copy ends the waiting, whatever is waited for. */
    private static void until(Trio trio, Callable<Boolean> condition) {
        await().atMost(WAIT)
                .failFast("two copies at once", () -> !trio.overlaps().isEmpty())
                .until(condition);
    }

    @Test
    void aDrainedNodeOwnsNothingUntilItIsUndrainedAndNothingEverRunsTwice() throws Exception {
        try (var trio = new Trio(dir, section())) {
            trio.start(1);
            trio.start(2);
            var third = trio.start(3);
            // The books of a new cluster vote only after a while: what is looked at first does not wait for claims.
            until(
                    trio,
                    () -> active(trio) == 3
                            && run(trio, "s")
                            && !tasksOf(trio, "n3").isEmpty());

            var looked = trio.rota(1, "drain", "n3");
            assertThat(looked.exitCode()).isEqualTo(1);
            assertThat(looked.out()).contains("n3 -> n");
            assertThat(looked.err()).contains("there is no terminal to ask at; say --yes");
            until(trio, () -> run(trio, ""));
            var before = tasksOf(trio, "n3");
            assertThat(before).as("nothing was drained").isNotEmpty();

            // Asked of another node than the one that is to drain.
            var drain = trio.rota(1, "drain", "n3", "--yes");
            assertThat(drain.exitCode()).as(drain.err()).isZero();
            assertThat(drain.out()).contains(before).contains("n3 may leave: nothing runs there");
            until(trio, () -> run(trio, ""));
            assertThat(tasksOf(trio, "n3")).isEmpty();
            assertThat(trio.get(3, "/readyz")).startsWith("503 ").contains("\"draining\"");
            assertThat(trio.get(3, "/healthz")).startsWith("200 ");

            third.terminate();
            assertThat(third.exitCode()).isZero();
            var again = trio.start(3);
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThat(trio.get(3, "/api/v1/nodes/n3/drain"))
                            .contains("\"draining\":true", "\"mayLeave\":true", "\"running\":[]"));
            assertThat(trio.get(3, "/readyz")).startsWith("503 ");

            assertThat(trio.rota(2, "undrain", "n3").exitCode()).isZero();
            until(trio, () -> run(trio, "") && tasksOf(trio, "n3").equals(before));
            until(trio, () -> trio.get(3, "/readyz").startsWith("200 "));

            stop(trio, again);
            assertThat(trio.overlaps()).isEmpty();
        }
    }

    /** While the third node, which was told to stop, hands over it is well, and not ready. */
    private void stop(Trio trio, RotaProcess node) throws Exception {
        Files.createFile(dir.resolve("hold"));
        node.terminate();
        await().atMost(WAIT)
                .untilAsserted(() ->
                        assertThat(trio.get(3, "/readyz")).startsWith("503 ").contains("\"stopping\""));
        assertThat(trio.get(3, "/healthz")).startsWith("200 ");
        Files.delete(dir.resolve("hold"));

        assertThat(node.exitCode()).isZero();
    }
}
