package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Level once with real processes that are killed in the middle of a run; the witness is what the task itself has written. */
final class OnceIT {
    private static final Duration WAIT = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Tells of each start, and takes effect once it may. */
    private static final String PAYOUT = """
              payout:
                guarantee: once
                schedule: {at: "%s"}
                run: |
                  echo "attempt=$ROTA_ATTEMPT token=$ROTA_TOKEN due=$ROTA_DUE" >> starts
                  while [ ! -f go ]; do sleep 0.1; done
                  echo paid >> paid
            """;

    private static final String PROBE = """
                probe: {command: [/bin/sh, -c, "test -f paid"], done: [0], not_done: [1], timeout: 10s}
            """;

    @TempDir
    private Path dir = Path.of("");

    private String due = "";

    @Test
    void aRunThatWasCutOffIsHeldNeverRunAgainAlsoAfterRestartsAndSettledByAPerson() throws Exception {
        int admin = config("");
        killInMidRun();

        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> get(admin, "/api/v1/in-doubt").contains("\"state\":\"held\""));
            assertThat(get(admin, "/api/v1/cluster")).contains("in_doubt", "has not told how it ended");
            node.kill();
        }
        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> get(admin, "/api/v1/in-doubt").contains("\"state\":\"held\""));
            var run = "payout@" + due;
            var other = RotaProcess.run(dir, "decide", "payout", "payout@elsewhen", "done", "--reason", "x");
            var blank = RotaProcess.run(dir, "decide", "payout", run, "done", "--reason", " ");
            var decided = RotaProcess.run(dir, "decide", "payout", run, "done", "--reason", "the bank says so");
            var late = RotaProcess.run(dir, "decide", "payout", run, "not-done", "--reason", "or did it not");

            assertThat(other.err()).contains("in doubt is " + run + ", not payout@elsewhen");
            assertThat(blank.err()).contains("a decision needs a reason");
            assertThat(decided.out()).isEqualToIgnoringNewLines(run + ": resolved_done");
            assertThat(decided.exitCode()).isZero();
            assertThat(late.exitCode()).isEqualTo(1);
            assertThat(late.err()).contains("no run of payout is in doubt");
            await().atMost(WAIT).until(() -> get(admin, "/api/v1/in-doubt").contains("\"total\":0"));
            assertThat(get(admin, "/api/v1/tasks/payout/runs")).contains("resolved_done", "the bank says so");
            assertThat(node.err()).contains("held task=payout");
        }

        assertThat(starts()).hasSize(1);
        assertThat(dir.resolve("paid")).doesNotExist();
    }

    @Test
    void aProbeThatSaysNotDoneStartsItOnceMoreWithAHigherToken() throws Exception {
        int admin = config(PROBE);
        killInMidRun();
        Files.writeString(dir.resolve("go"), "");

        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT)
                    .until(() -> get(admin, "/api/v1/tasks/payout/runs").contains("\"succeeded\""));
            assertThat(node.err()).contains("resolved_not_done task=payout");
        }

        assertThat(starts()).containsExactly("attempt=1 token=1 due=" + due, "attempt=2 token=3 due=" + due);
        assertThat(Files.readAllLines(dir.resolve("paid"))).containsExactly("paid");
    }

    @Test
    void aProbeThatSaysDoneEndsItWithoutAnotherStart() throws Exception {
        int admin = config(PROBE);
        killInMidRun();
        Files.writeString(dir.resolve("paid"), "the money was on its way\n");

        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT)
                    .until(() -> get(admin, "/api/v1/tasks/payout/runs").contains("\"resolved_done\""));
            assertThat(node.err()).contains("resolved_done task=payout");
        }

        assertThat(starts()).hasSize(1);
    }

    @Test
    void onThreeNodesTheNextOwnerHoldsWhatTheDeadOneHasLeft() throws Exception {
        var ports = FreePorts.find(9);
        var seeds = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            seeds.add("'n" + (i + 1) + "@127.0.0.1:" + ports.get(3 * i) + "'");
        }
        var nodes = new ArrayList<RotaProcess>();
        try {
            due = Instant.now().plusSeconds(25).toString().substring(0, 19) + "Z";
            for (int i = 0; i < 3; i++) {
                write("n" + (i + 1) + ".yaml", "n" + (i + 1), ports.subList(3 * i, 3 * i + 3), "seeds: " + seeds, "");
                nodes.add(RotaProcess.start(dir, "start", "--config", "n" + (i + 1) + ".yaml"));
            }
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("starts")));
            int holder = holder(ports);
            nodes.get(holder).kill();
            int other = ports.get(3 * ((holder + 1) % 3) + 2);

            await().atMost(WAIT).until(() -> get(other, "/api/v1/in-doubt").contains("\"state\":\"held\""));

            assertThat(get(other, "/api/v1/in-doubt")).contains("\"node\":\"n" + (holder + 1) + "\"", "\"token\":1");
            assertThat(starts()).hasSize(1);
        } finally {
            nodes.forEach(this::killWithItsGuard);
        }
    }

    // ---- tools

    /** A guard tries for long to hand its word to a majority, and writes to the directory. */
    private void killWithItsGuard(RotaProcess node) {
        var descendants = node.descendants();
        node.kill();
        descendants.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        await().atMost(WAIT).until(() -> descendants.stream().noneMatch(Processes::isUp));
    }

    /** Until its guard too is gone. */
    private void killAll(RotaProcess node) {
        var descendants = node.descendants();
        node.kill();
        await().atMost(WAIT).until(() -> descendants.stream().noneMatch(Processes::isUp));
    }

    private int holder(List<Integer> ports) {
        var found = new int[] {-1};
        await().atMost(WAIT).until(() -> {
            for (int i = 0; i < 3; i++) {
                if (get(ports.get(3 * i + 2), "/api/v1/tasks/payout")
                        .contains("\"runningOn\":[\"n" + (i + 1) + "\"]")) {
                    found[0] = i;
                }
            }
            return found[0] >= 0;
        });
        return found[0];
    }

    private void killInMidRun() throws Exception {
        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("starts")));
            killAll(node);
        }
        assertThat(starts()).hasSize(1);
    }

    private List<String> starts() throws IOException {
        return Files.readAllLines(dir.resolve("starts"));
    }

    /** One node; its admin port. */
    private int config(String more) throws IOException {
        var ports = FreePorts.find(3);
        due = Instant.now().plusSeconds(15).toString().substring(0, 19) + "Z";
        write("rota.yaml", "n1", ports, "", more);
        return ports.get(2);
    }

    private void write(String file, String name, List<Integer> ports, String seeds, String more) throws IOException {
        Files.writeString(
                dir.resolve(file),
                """
                version: 1
                cluster:
                  insecure: true
                  %s
                node:
                  name: %s
                  bind: 127.0.0.1
                  gossip_port: %d
                  peer_port: %d
                  admin_port: %d
                  data_dir: data-%s
                tasks:
                """.formatted(seeds, name, ports.get(0), ports.get(1), ports.get(2), name)
                        + PAYOUT.formatted(due)
                        + more);
    }

    private static String get(int port, String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            // The node is not up yet, or not any more: whoever asks asks again.
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
