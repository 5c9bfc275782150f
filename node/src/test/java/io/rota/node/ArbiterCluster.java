package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of a cluster whose exclusive tasks each append to one witness file: a line at the start with pid and token, and
 * nothing after their end. Two lives of one task overlap if the earlier process is still there when the later one begins,
 * which the later one itself looks at. Confined to the test thread.
 */
final class ArbiterCluster {
    private static final List<String> TASKS = List.of("east", "west");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SCRIPT = """
            last=$(cat "$ROTA_TASK.pid" 2>/dev/null)
            state=alone
            [ -n "$last" ] && kill -0 "$last" 2>/dev/null && state=overlap
            echo $$ >"$ROTA_TASK.pid"
            echo "$ROTA_TASK $ROTA_TOKEN $state" >>witness
            exec sleep 600
            """;

    private final Path dir;
    private final Map<String, Integer> ports = new HashMap<>();

    /** @param arbiters a line of the section {@code cluster} */
    ArbiterCluster(Path dir, List<String> names, String arbiters) throws IOException {
        this.dir = dir;
        Files.createFile(dir.resolve("witness"));
        Files.writeString(dir.resolve("task.sh"), SCRIPT);
        var free = FreePorts.find(names.size() * 3);
        var seeds = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            seeds.add(names.get(i) + "@127.0.0.1:" + free.get(3 * i));
            ports.put(names.get(i), free.get(3 * i + 2));
        }
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var text = new StringBuilder("""
                    version: 1
                    cluster:
                      insecure: true
                      seeds: [%s]
                      %s
                    node: {name: %s, bind: 127.0.0.1, gossip_port: %d, peer_port: %d, admin_port: %d, data_dir: data-%s}
                    tasks:
                    """.formatted(
                            String.join(", ", seeds),
                            arbiters,
                            name,
                            free.get(3 * i),
                            free.get(3 * i + 1),
                            free.get(3 * i + 2),
                            name));
            for (var task : TASKS) {
                text.append("  %s: {command: [/bin/sh, task.sh], guarantee: exclusive, stop_grace_period: 1s}%n"
                        .formatted(task));
            }
            Files.writeString(dir.resolve(config(name)), text);
        }
    }

    String config(String name) {
        return name + ".yaml";
    }

    String admin(String name) {
        return "http://127.0.0.1:" + ports.get(name);
    }

    /** A resource of the API; empty while the node does not answer. */
    String get(String name, String resource) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(admin(name) + "/api/v1/" + resource))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** True if a majority of the arbiters decides, as this node sees it, under the list of this number. */
    boolean isDecided(String name, long epoch) {
        var arbiters = get(name, "arbiters");
        return arbiters.contains("\"quorum\":true") && arbiters.contains("\"epoch\":" + epoch);
    }

    /** True if all three books vote: one that has not begun to could not tell later whether it was emptied. */
    boolean doAllVote(String name) {
        return get(name, "arbiters").split("\"book\":\"voting\"", -1).length == 4;
    }

    /** True if the CP group of three is whole. */
    boolean isGroupReady(String name) {
        var arbiters = get(name, "arbiters");
        return arbiters.contains("\"cpReady\":true") && arbiters.contains("\"cpMembers\":3");
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(dir.resolve("witness"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** How often a task was started. */
    long starts() {
        return lines().size();
    }

    boolean areAllUp() {
        return TASKS.stream().allMatch(this::isUp);
    }

    private boolean isUp(String task) {
        try {
            var pid = Files.readString(dir.resolve(task + ".pid")).strip();
            return !pid.isEmpty() && Processes.isUp(Long.parseLong(pid));
        } catch (IOException e) {
            return false;
        }
    }

    void requireNoOverlapAndGrowingTokens() {
        assertThat(lines()).as("overlaps").noneMatch(line -> line.endsWith(" overlap"));
        for (var task : TASKS) {
            var tokens = lines().stream()
                    .filter(line -> line.startsWith(task + " "))
                    .map(line -> Long.parseLong(line.split(" ", -1)[1]))
                    .toList();
            assertThat(tokens).as("tokens of %s", task).isSorted().doesNotHaveDuplicates();
        }
    }
}
