package io.rota.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Three nodes as processes of their own. Each of their tasks holds a directory while it runs: a second copy cannot make
 * it, and says so. None of them ends while there is a file named {@code hold}. Confined to the test thread.
 */
final class Trio implements AutoCloseable {
    private static final String TASK = """
            mkdir "held.$ROTA_TASK" || echo "$ROTA_TASK on $ROTA_NODE" >>overlaps
            trap 'while [ -e hold ]; do sleep 0.05; done; rmdir "held.$ROTA_TASK"; exit 0' TERM
            echo "$ROTA_NODE" >"on.$ROTA_TASK.new" && mv "on.$ROTA_TASK.new" "on.$ROTA_TASK"
            while :; do sleep 0.1; done
            """;

    private final Path dir;
    private final List<Integer> ports = FreePorts.find(9);
    private final HttpClient http = HttpClient.newHttpClient();
    private final RotaProcess[] nodes = new RotaProcess[3];

    /** @param tasks the section of that name, in which the script of a task is {@code [sh, task.sh]} */
    Trio(Path dir, String tasks) throws IOException {
        this.dir = dir;
        Files.writeString(dir.resolve("task.sh"), TASK);
        for (int i = 0; i < 3; i++) {
            Files.writeString(dir.resolve("n" + (i + 1) + ".yaml"), """
                    version: 1
                    cluster: {insecure: true, seeds: ['n1@127.0.0.1:%d', 'n2@127.0.0.1:%d', 'n3@127.0.0.1:%d']}
                    node:
                      name: n%d
                      bind: 127.0.0.1
                      gossip_port: %d
                      peer_port: %d
                      admin_port: %d
                      data_dir: data%d
                    %s
                    """.formatted(
                            ports.get(0),
                            ports.get(3),
                            ports.get(6),
                            i + 1,
                            ports.get(3 * i),
                            ports.get(3 * i + 1),
                            ports.get(3 * i + 2),
                            i + 1,
                            tasks));
        }
    }

    /** Starts the node with this number, from 1. */
    RotaProcess start(int node) throws IOException {
        var process = RotaProcess.start(dir, "start", "--config", "n" + node + ".yaml");
        nodes[node - 1] = process;
        return process;
    }

    /** A command to the node with this number. */
    RotaProcess rota(int node, String... command) throws Exception {
        var words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--config", "n" + node + ".yaml"));
        return RotaProcess.run(dir, words.toArray(String[]::new));
    }

    /** What the admin port of a node answers, its status in front; empty while nobody answers. */
    String get(int node, String path) throws InterruptedException {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(3 * node - 1) + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "";
        }
    }

    /** Where the task has started last; empty if nowhere. */
    String nodeOf(String task) throws IOException {
        var file = dir.resolve("on." + task);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /** True while the task runs. */
    boolean runs(String task) {
        return Files.exists(dir.resolve("held." + task));
    }

    /** Copies that found another one running. */
    List<String> overlaps() throws IOException {
        var file = dir.resolve("overlaps");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    @Override
    public void close() {
        for (var node : nodes) {
            if (node != null) {
                node.close();
            }
        }
    }
}
