package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.node.config.ClusterKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a person meets it: what it prints, and the code it ends with. */
final class MainIT {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    private Path dir = Path.of("");

    // ---- small commands

    @Test
    void keygenPrintsAKey() throws Exception {
        var keygen = RotaProcess.run(dir, "keygen");

        assertThat(keygen.exitCode()).isZero();
        assertThat(keygen.out()).endsWith("\n");
        assertThat(Base64.getDecoder().decode(keygen.out().strip())).hasSize(32);
        assertThat(keygen.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "no-such-command"})
    void unknownWordIsWrongUsage(String word) throws Exception {
        var rota = RotaProcess.run(dir, word);

        assertThat(rota.exitCode()).isEqualTo(2);
        assertThat(rota.err()).contains(word);
        assertThat(rota.out()).isEmpty();
    }

    @Test
    void unknownOptionOfACommandIsWrongUsage() throws Exception {
        var rota = RotaProcess.run(dir, "start", "--confg", "x");

        assertThat(rota.exitCode()).isEqualTo(2);
        assertThat(rota.err()).contains("--confg");
    }

    // ---- config files

    @Test
    void validFileIsSaidToBeValid() throws Exception {
        config(FreePorts.find(4), "insecure: true", "");

        var validate = RotaProcess.run(dir, "validate", "--config", "rota.yaml");

        assertThat(validate.exitCode()).isZero();
        assertThat(validate.out())
                .isEqualToIgnoringNewLines("rota.yaml is valid: cluster rota, node n1, 0 seeds, 1 tasks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "start"})
    void everyProblemOfABadFileIsPrintedAndNothingStarts(String command) throws Exception {
        Files.writeString(dir.resolve("rota.yaml"), """
                version: 1
                cluster: {insecure: true, seeds: [bad]}
                node: {name: n1, weight: heavy, data_dir: data}
                taks: {}
                """);

        var rota = RotaProcess.run(dir, command, "--config", "rota.yaml");

        assertThat(rota.exitCode()).isEqualTo(3);
        assertThat(rota.err().lines())
                .containsExactly(
                        "rota.yaml:2:35: cluster: a seed is written name@host:port or host:port, not \"bad\""
                                + " (write name@host:port)",
                        "rota.yaml:3:26: node: weight must be a number from 0.001 to 100, found \"heavy\"",
                        "rota.yaml:4:1: unknown key \"taks\" (did you mean \"tasks\"?)");
        assertThat(rota.out()).isEmpty();
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void missingFileIsOneClearLine() throws Exception {
        var rota = RotaProcess.run(dir, "start");

        assertThat(rota.exitCode()).isEqualTo(3);
        assertThat(rota.err())
                .isEqualToIgnoringNewLines("rota.yaml:1:1: does not exist (check the path after --config)");
    }

    // ---- a node

    @Test
    void termEndsANodeInGoodOrder() throws Exception {
        config(FreePorts.find(4), "insecure: true", "");
        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("task.pid")));
            long task = Long.parseLong(Files.readString(dir.resolve("task.pid")).strip());
            var children = node.descendants();
            assertThat(children).contains(task);

            node.terminate();

            assertThat(node.exitCode()).isZero();
            assertThat(children).noneMatch(Processes::isUp);
            assertThat(node.err().lines().filter(line -> !line.contains("task processes are held by")))
                    .anyMatch(line -> line.endsWith("stopped"))
                    .noneMatch(line -> line.contains("ERROR") || line.contains("WARN"));
        }
    }

    @Test
    void hupTakesOverAChangedFile() throws Exception {
        config(FreePorts.find(3), "insecure: true", "");
        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("task.pid")));
            var task = Files.readString(dir.resolve("task.pid"));
            Files.writeString(dir.resolve("rota.yaml"), """
                  more:
                    run: echo $$ > more.new && mv more.new more.pid && sleep 1000
                """, StandardOpenOption.APPEND);

            node.signal("HUP");

            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("more.pid")));
            assertThat(Files.readString(dir.resolve("task.pid"))).isEqualTo(task);
            assertThat(node.err()).contains("added=[more] removed=[] restarted=[] changed=[]");
        }
    }

    @Test
    void planShowsWhatAFileWouldChangeAndReloadTakesItOver() throws Exception {
        config(FreePorts.find(3), "insecure: true", "");
        var more = Files.readString(dir.resolve("rota.yaml")).replace("echo $$", "echo $$ $$")
                + "  more:\n    run: touch more.ran; sleep 1000\n";
        Files.writeString(dir.resolve("more.yaml"), more);
        Files.writeString(dir.resolve("bad.yaml"), more + "  third: {comand: x}\n  fourth: 5\n");
        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("task.pid")));

            var same = RotaProcess.run(dir, "plan", "--exit-code");
            assertThat(same.exitCode()).as(same.err()).isZero();
            assertThat(same.out()).contains("the tasks are the same");
            var plan = RotaProcess.run(dir, "plan", "more.yaml", "--exit-code");
            assertThat(plan.exitCode()).isEqualTo(4);
            assertThat(plan.out())
                    .contains(
                            "1 added, 1 restarted",
                            "+ more  starts on n1",
                            "! task  is restarted: work or guarantee differ");
            var bad = RotaProcess.run(dir, "plan", "bad.yaml");
            assertThat(bad.exitCode()).isEqualTo(3);
            assertThat(bad.err().lines())
                    .hasSizeGreaterThan(1)
                    .allMatch(line -> line.matches("bad\\.yaml:[0-9]+:[0-9]+: .*"));
            assertThat(dir.resolve("more.ran")).doesNotExist();

            Files.copy(dir.resolve("more.yaml"), dir.resolve("rota.yaml"), StandardCopyOption.REPLACE_EXISTING);
            var reload = RotaProcess.run(dir, "reload");
            assertThat(reload.exitCode()).as(reload.err()).isZero();
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("more.ran")));
            assertThat(node.err()).contains("added=[more] removed=[] restarted=[task] changed=[]");
        }
    }

    @Test
    void aSecondTermDoesNotWaitForWhatNobodyTakesOver() throws Exception {
        var ports = FreePorts.find(6);
        config(ports.subList(3, 6), "insecure: true", "seeds: ['n1@127.0.0.1:" + ports.get(0) + "']");
        Files.move(dir.resolve("rota.yaml"), dir.resolve("n2.yaml"));
        config(ports.subList(0, 3), "insecure: true", "seeds: ['n1@127.0.0.1:" + ports.get(0) + "']");
        for (var file : List.of("rota.yaml", "n2.yaml")) {
            // A run that ends by itself is not stopped for a hand-over: it is waited for.
            Files.writeString(
                    dir.resolve(file),
                    Files.readString(dir.resolve(file)).replace("  task:\n", "  task:\n    schedule: {every: 1s}\n"));
        }
        try (var first = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("task.pid")));
            try (var second =
                    RotaProcess.start(dir, "start", "--config", "n2.yaml", "--name", "n2", "--data-dir", "data2")) {
                await().atMost(WAIT).until(() -> active(ports.get(2)) == 2 && second.pid() > 0);
                first.terminate();
                await().atMost(WAIT).until(() -> first.err().contains("stopping: handing over"));

                first.terminate();

                assertThat(first.exitCode()).isZero();
                assertThat(first.err()).contains("told to hurry").doesNotContain("no task was taken over within");
            }
        }
    }

    @Test
    void runBeginsARunAndTheSameKeyIsTheSameRun() throws Exception {
        config(FreePorts.find(4), "insecure: true", "");
        Files.writeString(dir.resolve("rota.yaml"), """
                  report:
                    schedule: {at: "2099-01-01T00:00:00Z"}
                    run: echo ran >> report.out
                """, StandardOpenOption.APPEND);
        assertThat(RotaProcess.run(dir, "run", "report").err()).contains("no node answers at http://127.0.0.1:");
        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("task.pid")));

            var first = RotaProcess.run(dir, "run", "report", "--key", "k1");
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("report.out")));
            var second = RotaProcess.run(dir, "run", "report", "--key", "k1");
            var service = RotaProcess.run(dir, "run", "task");

            assertThat(first.exitCode()).isZero();
            assertThat(first.out()).startsWith("report@report~k1 on n1: ");
            assertThat(second.exitCode()).isZero();
            assertThat(second.out()).startsWith("report@report~k1 on n1: ");
            assertThat(Files.readAllLines(dir.resolve("report.out"))).containsExactly("ran");
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.err())
                    .isEqualToIgnoringNewLines("rota: task is a service: it runs for ever and is not ordered.");
            assertThat(node.err()).doesNotContain("ERROR");
        }
    }

    @Test
    void portInUseIsOneClearLine() throws Exception {
        config(FreePorts.find(4), "insecure: true", "");
        try (var first = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> first.err().contains("node started"));

            var second = RotaProcess.run(dir, "start", "--name", "n2", "--data-dir", "data2");

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err().lines().filter(line -> line.startsWith("rota: ")))
                    .singleElement()
                    .asString()
                    .contains("in use")
                    .doesNotContain("Exception");
            assertThat(second.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void wrongKeyIsSaidClearlyAndSoon() throws Exception {
        var ports = FreePorts.find(8);
        config(ports.subList(0, 4), "key: " + ClusterKey.random().toBase64(), "");
        try (var right = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> right.err().contains("node started"));
            var seed = "127.0.0.1:" + ports.get(0);
            config(ports.subList(4, 8), "key: " + ClusterKey.random().toBase64(), "seeds: ['n1@" + seed + "']");
            try (var wrong = RotaProcess.start(dir, "start", "--name", "n2", "--data-dir", "data2")) {
                await().atMost(WAIT).until(() -> wrong.err().contains("node started"));

                await().atMost(Duration.ofSeconds(10)).until(() -> wrong.err().contains("it refused our key"));

                assertThat(wrong.err().lines().filter(line -> line.contains("it refused our key")))
                        .singleElement()
                        .asString()
                        .contains("WARN", seed, "compare the cluster key");
            }
        }
    }

    /** How many members take part, as the node with this admin port sees it. */
    private static int active(int adminPort) throws InterruptedException {
        try {
            var members = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/api/v1/members"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return members.split("\"participation\":\"active\"", -1).length - 1;
        } catch (IOException e) {
            // It is not up yet; whoever asks asks again.
            return 0;
        }
    }

    /** A config on these three ports, with one task that tells its process id. */
    private void config(List<Integer> ports, String key, String seeds) throws IOException {
        Files.writeString(
                dir.resolve("rota.yaml"), """
                version: 1
                cluster:
                  %s
                  %s
                node:
                  name: n1
                  bind: 127.0.0.1
                  gossip_port: %d
                  peer_port: %d
                  admin_port: %d
                  data_dir: data
                tasks:
                  task:
                    run: |
                      echo $$ > task.new && mv task.new task.pid
                      while :; do sleep 0.1; done
                """.formatted(key, seeds, ports.get(0), ports.get(1), ports.get(2)));
    }
}
