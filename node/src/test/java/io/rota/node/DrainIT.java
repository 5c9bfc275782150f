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

    private static boolean allRun(Trio trio) {
        return TASKS.stream().allMatch(trio::runs);
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

    @Test
    void aDrainedNodeOwnsNothingUntilItIsUndrainedAndNothingEverRunsTwice() throws Exception {
        try (var trio = new Trio(dir, section())) {
            trio.start(1);
            trio.start(2);
            var third = trio.start(3);
            await().atMost(WAIT)
                    .until(() -> allRun(trio) && !tasksOf(trio, "n3").isEmpty());
            var before = tasksOf(trio, "n3");

            var looked = trio.rota(1, "drain", "n3");
            assertThat(looked.exitCode()).isEqualTo(1);
            assertThat(looked.out()).contains(before).contains("n3 -> n");
            assertThat(looked.err()).contains("there is no terminal to ask at; say --yes");
            assertThat(tasksOf(trio, "n3")).isEqualTo(before);

            // Asked of another node than the one that is to drain.
            var drain = trio.rota(1, "drain", "n3", "--yes");
            assertThat(drain.exitCode()).as(drain.err()).isZero();
            assertThat(drain.out()).contains("n3 may leave: nothing runs there");
            await().atMost(WAIT).until(() -> allRun(trio));
            assertThat(tasksOf(trio, "n3")).isEmpty();
            assertThat(trio.get(3, "/readyz")).startsWith("503 ").contains("\"draining\"");
            assertThat(trio.get(3, "/healthz")).startsWith("200 ");

            third.terminate();
            assertThat(third.exitCode()).isZero();
            trio.start(3);
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThat(trio.get(3, "/api/v1/nodes/n3/drain"))
                            .contains("\"draining\":true", "\"mayLeave\":true", "\"running\":[]"));
            assertThat(trio.get(3, "/readyz")).startsWith("503 ");

            assertThat(trio.rota(2, "undrain", "n3").exitCode()).isZero();
            await().atMost(WAIT).until(() -> allRun(trio) && tasksOf(trio, "n3").equals(before));
            assertThat(trio.get(3, "/readyz")).startsWith("200 ");
            assertThat(trio.overlaps()).isEmpty();
        }
    }

    @Test
    void whoIsToldToStopIsNotReadyWhileItHandsOver() throws Exception {
        var slow =
                "tasks:\n  slow: {schedule: {every: 1s}, run: 'touch begun; while [ ! -e go ]; do sleep 0.1; done'}\n";
        try (var trio = new Trio(dir, slow)) {
            var first = trio.start(1);
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("begun")));
            assertThat(first.err()).isNotEmpty();
            trio.start(2);
            await().atMost(WAIT).until(() -> trio.get(1, "/api/v1/members").split("\"active\"", -1).length == 3);

            // The run ends by itself, when the test says so: until then the node hands over.
            first.terminate();
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThat(trio.get(1, "/readyz"))
                            .startsWith("503 ")
                            .contains("\"stopping\""));
            assertThat(trio.get(1, "/healthz")).startsWith("200 ");
            Files.createFile(dir.resolve("go"));

            assertThat(first.exitCode()).isZero();
        }
    }
}
