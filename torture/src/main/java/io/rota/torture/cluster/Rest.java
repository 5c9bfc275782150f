package io.rota.torture.cluster;

import io.rota.torture.history.TaskSpec;
import io.rota.torture.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether the cluster is at rest: all nodes see all nodes alive under one view hash, all rings are equal, every book votes by its own word,
 * and each task runs exactly once by the witness's word. Confined to the harness's thread.
 */
public final class Rest {
    private static final long FRESH_NANOS = 1_500_000_000L;
    private static final long CLOCK_SLACK_NANOS = 4_000_000_000L;

    private final Cluster cluster;
    private final WitnessTail witness;

    /** Asks this cluster and this witness. */
    public Rest(Cluster cluster, WitnessTail witness) {
        this.cluster = cluster;
        this.witness = witness;
    }

    /** What is missing, empty if nothing is. */
    public String missing() throws IOException {
        var missing = disagreements();
        return missing.isEmpty() ? tasksMissing() : missing;
    }

    private String disagreements() {
        var hashes = new HashSet<String>();
        var owners = new HashSet<String>();
        for (int node = 0; node < cluster.size(); node++) {
            var name = cluster.node(node).name();
            var state = cluster.admin(node).get("/api/v1/cluster");
            if (state.text("viewHash").isEmpty()) {
                return name + " does not answer";
            }
            if (!state.text("membersAlive").equals(Integer.toString(cluster.size()))) {
                return name + " sees " + state.text("membersAlive") + " members alive";
            }
            var book = ownBook(state, name);
            if (!book.isEmpty()) {
                return "book of " + name + " is " + book;
            }
            hashes.add(state.text("viewHash"));
            owners.add(owners(cluster.admin(node).get("/api/v1/ring")));
        }
        if (hashes.size() != 1) {
            return "views differ: " + hashes;
        }
        return owners.size() == 1 ? "" : "rings differ";
    }

    /** Which nodes see no lock group; empty if all see it. */
    public String locksMissing() {
        return IntStream.range(0, cluster.size())
                .filter(node -> !cluster.admin(node)
                        .get("/api/v1/cluster")
                        .get("arbitration")
                        .text("cpReady")
                        .equals("true"))
                .mapToObj(node -> cluster.node(node).name() + " sees no CP group")
                .collect(Collectors.joining(", "));
    }

    /**
     * What an arbiter says of its own book, empty if it votes or if there is none. The others' sight of it is not asked for:
     * a book that has revoked a node's lease alone refuses that node for as long as the lease lives.
     */
    private static String ownBook(Json state, String name) {
        return state.get("arbitration").get("arbiters").items().stream()
                .filter(arbiter -> arbiter.text("name").equals(name))
                .map(arbiter -> arbiter.text("book"))
                .filter(book -> !book.equals("voting"))
                .collect(Collectors.joining());
    }

    private static String owners(Json ring) {
        return ring.get("tasks").items().stream()
                .map(task -> task.text("name") + "=" + task.text("owner"))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private String tasksMissing() throws IOException {
        long now = System.nanoTime();
        List<String> missing = new ArrayList<>();
        for (var task : Workload.tasks()) {
            var fresh = witness.freshOf(task.name(), now - freshNanos(task));
            if (fresh.isEmpty()) {
                missing.add(task.name() + " does not run");
            } else if (task.isService() && fresh.size() > 1) {
                missing.add(task.name() + " runs on "
                        + fresh.stream().map(line -> line.node()).sorted().toList());
            }
        }
        return String.join(", ", missing);
    }

    private static long freshNanos(TaskSpec task) {
        return task.isService() ? FRESH_NANOS : task.everyMillis() * 1_000_000 + CLOCK_SLACK_NANOS;
    }
}
