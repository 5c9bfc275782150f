package io.rota.node;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node by itself with an exclusive and a ring task; both ignore TERM, and each has a grandchild that has left session
 * and environment behind and ignores TERM too. Confined to the test thread.
 */
final class LossConfig {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final List<String> TASKS = List.of("free", "alone");

    private final Path dir;

    LossConfig(Path dir) throws IOException {
        this.dir = dir;
        var ports = FreePorts.find(4);
        Files.writeString(dir.resolve("task.sh"), """
                trap '' TERM
                env -i /usr/bin/setsid /bin/sh -c 'trap "" TERM; echo $$ >$0.new; while :; do sleep 0.2; done' \\
                  "$PWD/$ROTA_TASK" &
                while [ ! -s "$ROTA_TASK.new" ]; do sleep 0.02; done
                echo "$$ $(cat "$ROTA_TASK.new") ${ROTA_TOKEN:-0}" >"$ROTA_TASK.line"
                rm "$ROTA_TASK.new"
                mv "$ROTA_TASK.line" "$ROTA_TASK.up"
                while :; do sleep 0.1; done
                """);
        Files.writeString(dir.resolve("rota.yaml"), """
                version: 1
                cluster: {insecure: true}
                node:
                  name: n1
                  bind: 127.0.0.1
                  gossip_port: %d
                  peer_port: %d
                  admin_port: %d
                  data_dir: data
                tasks:
                  free:
                    command: [/bin/sh, task.sh]
                  alone:
                    command: [/bin/sh, task.sh]
                    guarantee: exclusive
                    stop_grace_period: 1s
                """.formatted(ports.get(0), ports.get(1), ports.get(2)));
    }

    Path dir() {
        return dir;
    }

    /** What one start of a task has told. */
    record Up(long task, long grandchild, long token) {
        boolean isUp() {
            return Processes.isUp(task) && Processes.isUp(grandchild);
        }

        boolean isGone() {
            return !Processes.isUp(task) && !Processes.isUp(grandchild);
        }
    }

    Up awaitFree() {
        return await("free");
    }

    Up awaitAlone() {
        return await("alone");
    }

    /** Waits until the task is up; what it told is forgotten, so that the next call waits for the next start. */
    private Up await(String task) {
        var file = dir.resolve(task + ".up");
        org.awaitility.Awaitility.await()
                .atMost(WAIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(file));
        try {
            var fields = Files.readString(file).strip().split(" ", -1);
            Files.delete(file);
            return new Up(Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    boolean hasStarted(String task) {
        return Files.exists(dir.resolve(task + ".up"));
    }

    /** Words that no arbiter has taken yet. */
    long keptWords() throws IOException {
        var words = dir.resolve("data/guard/words");
        if (!Files.exists(words)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(words)) {
            return files.count();
        }
    }

    List<String> tasks() {
        return TASKS;
    }
}
