package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the output of a real process says about its success. */
final class SuccessIT {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void outputDecidesWhereTheExitCodeIsGood() throws Exception {
        var ports = FreePorts.find(3);
        Files.writeString(dir.resolve("rota.yaml"), """
                version: 1
                cluster: {insecure: true}
                node: {name: n1, bind: 127.0.0.1, gossip_port: %d, peer_port: %d, admin_port: %d}
                tasks:
                  good:
                    schedule: {every: 1s}
                    success: {output_matches: "^done$", output_not_matches: FATAL}
                    run: echo begun; sleep 0.1; printf done
                  bad:
                    schedule: {every: 1s}
                    success: {output_not_matches: FATAL}
                    run: echo FATAL
                """.formatted(ports.toArray()));
        try (var node = RotaProcess.start(dir, "start")) {
            var states = dir.resolve("data/runs.log");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(states)
                            && Files.readString(states)
                                    .lines()
                                    .anyMatch(line -> line.contains("run=good@") && line.contains("state=SUCCEEDED"))
                            && Files.readString(states).contains("run=bad@")
                            && Files.readString(states).contains("state=FAILED"));

            assertThat(Files.readString(states).lines())
                    .noneMatch(line -> line.contains("run=good@") && line.contains("state=FAILED"))
                    .noneMatch(line -> line.contains("run=bad@") && line.contains("state=SUCCEEDED"))
                    .anyMatch(line -> line.contains("run=bad@")
                            && line.contains("exit=0")
                            && line.contains("a line of the output matches output_not_matches: FATAL"));
            node.terminate();
            assertThat(node.exitCode()).isZero();
        }
    }
}
