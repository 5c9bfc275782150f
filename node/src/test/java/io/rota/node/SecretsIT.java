package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret on a real node: the task has it, and nobody else gets to see it. */
final class SecretsIT {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String SECRET = "correct-horse-battery";

    @TempDir
    private Path dir = Path.of("");

    @Test
    void taskHasItsSecretAndNobodyElseSeesIt() throws Exception {
        var secret = Files.writeString(dir.resolve("db"), SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        var ports = FreePorts.find(3);
        Files.writeString(dir.resolve("rota.yaml"), """
                version: 1
                cluster: {insecure: true}
                node: {name: n1, bind: 127.0.0.1, gossip_port: %d, peer_port: %d, admin_port: %d}
                tasks:
                  teller:
                    secrets: {DB: {file: db}}
                    run: |
                      echo "it is $DB."
                      printf 'first correct-horse'; sleep 0.3; echo '-battery then'
                      printf %%s "$DB" | wc -c >length.txt
                      exec sleep 300
                  lost:
                    schedule: {every: 1s}
                    secrets: {DB: {file: gone}}
                    run: touch started.txt
                """.formatted(ports.toArray()));
        try (var node = RotaProcess.start(dir, "start")) {
            var log = dir.resolve("data/logs/teller.log");
            await().atMost(WAIT)
                    .until(() -> Files.exists(log) && Files.readString(log).contains("then"));
            var states = dir.resolve("data/runs.log");
            await().atMost(WAIT).until(() -> Files.readString(states).contains("run=lost@"));
            await().atMost(WAIT).until(() -> Files.readString(states).contains("state=FAILED"));

            assertThat(Files.readString(log)).isEqualTo("it is ***.\nfirst *** then\n");
            assertThat(Files.readString(dir.resolve("length.txt")).strip()).isEqualTo("" + SECRET.length());
            assertThat(Files.readString(states))
                    .contains("secret DB: file " + dir.toRealPath().resolve("gone") + " does not exist");
            assertThat(dir.resolve("started.txt")).doesNotExist();
            for (var path : List.of("/api/v1/tasks/teller", "/api/v1/tasks/teller/runs", "/api/v1/cluster")) {
                assertThat(page(ports.get(2), path)).as(path).doesNotContain(SECRET);
            }
            assertThat(page(ports.get(2), "/api/v1/tasks/teller/runs")).contains("it is ***.");
            assertThat(commandLines(node.descendants())).contains("sleep").doesNotContain(SECRET);
            assertThat(filesWithTheSecret()).containsExactly(secret);
        }
    }

    private static String page(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String commandLines(List<Long> pids) {
        return pids.stream()
                .map(pid -> {
                    try {
                        return Files.readString(
                                Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
                    } catch (IOException e) {
                        // It has ended meanwhile.
                        return "";
                    }
                })
                .collect(Collectors.joining("\n"));
    }

    /** Logs, run states, books and lists: everything that the node has written. */
    private List<Path> filesWithTheSecret() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile)
                    .filter(SecretsIT::holdsTheSecret)
                    .toList();
        }
    }

    private static boolean holdsTheSecret(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET);
        } catch (IOException e) {
            return false;
        }
    }
}
