package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.scheduler.SecretSource;
import io.rota.scheduler.guard.GuardCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStartsTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    private Path dir = Path.of("");

    private final List<GuardCommand.Start> started = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final SecretStarts starts = new SecretStarts(started::add, (runId, why) -> refused.add(runId + ": " + why));

    @AfterEach
    void close() {
        starts.close();
    }

    private SortedMap<String, SecretSource> secrets() throws IOException {
        var file = Files.writeString(dir.resolve("db"), "hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new TreeMap<>(Map.of("DB", new SecretSource.File(file.toString())));
    }

    private static GuardCommand.Start order(String runId) {
        return new GuardCommand.Start(runId, List.of("true"), "", Map.of("A", "b"), false);
    }

    @Test
    void processHasTheSecretInItsEnvironmentAloneAndItsOutputIsMasked() throws IOException {
        starts.start(order("r"), secrets());

        await().atMost(WAIT).until(() -> !started.isEmpty());
        assertThat(started.get(0).environment()).isEqualTo(Map.of("A", "b", "DB", "hunter2"));
        assertThat(started.get(0).argv()).containsExactly("true");
        assertThat(started.get(0).toString()).doesNotContain("hunter2");
        assertThat(starts.shown("r", "it is hunter2, hun")).isEqualTo("it is ***, ");
        assertThat(starts.rest("r")).isEqualTo("hun");
        assertThat(starts.shown("other", "hunter2")).isEqualTo("hunter2");
        assertThat(starts.stop("r")).as("the guard has it").isFalse();
    }

    @Test
    void runWhoseSecretIsMissingIsNotStarted() {
        starts.start(order("r"), new TreeMap<>(Map.of("DB", new SecretSource.File("/no/such/file"))));

        await().atMost(WAIT).until(() -> !refused.isEmpty());
        assertThat(refused).containsExactly("r: secret DB: file /no/such/file does not exist");
        assertThat(started).isEmpty();
    }

    @Test
    void stopOfARunThatNobodyWaitsForIsTheGuardsMatter() {
        assertThat(starts.stop("unknown")).isFalse();
        assertThat(refused).isEmpty();
    }

    /** Either the guard gets it, and the stop behind it, or nobody does and the run has its end. */
    @Test
    void stopBesideTheReadingLosesNothing() throws IOException {
        var secrets = secrets();
        for (int i = 0; i < 200; i++) {
            var runId = "r" + i;
            starts.start(order(runId), secrets);
            boolean given = starts.stop(runId);
            if (given) {
                assertThat(refused).contains(runId + ": it was stopped before its secrets were read");
            } else {
                assertThat(started).extracting(GuardCommand.Start::runId).contains(runId);
            }
        }
        starts.start(order("last"), secrets);
        await().atMost(WAIT)
                .until(() -> started.stream().anyMatch(order -> order.runId().equals("last")));
        assertThat(started.size() + refused.size()).isEqualTo(201);
    }
}
