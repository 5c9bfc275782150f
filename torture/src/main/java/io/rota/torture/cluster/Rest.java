package io.rota.torture.cluster;

import io.rota.torture.history.TaskSpec;
import io.rota.torture.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    private Workload workload;
    private Set<Integer> nodes;
    private Set<String> drifting = Set.of();

    /** Asks this cluster, all nodes of it, and this witness. */
    public Rest(Cluster cluster, WitnessTail witness, Workload workload) {
        this.cluster = cluster;
        this.witness = witness;
        this.workload = workload;
        this.nodes = IntStream.range(0, cluster.size()).boxed().collect(Collectors.toSet());
    }

    /** From now on these tasks are to run, on these nodes, by number from 0. */
    public void expect(Workload tasks, Set<Integer> running) {
        workload = tasks;
        nodes = new TreeSet<>(running);
    }

    /** What is missing, empty if nothing is. */
    public String missing() throws IOException {
        var missing = disagreements();
        return missing.isEmpty() ? tasksMissing() : missing;
    }

    private String disagreements() {
        var hashes = new HashSet<String>();
        var owners = new HashSet<String>();
        for (int node : nodes) {
            var name = cluster.node(node).name();
            var state = cluster.admin(node).get("/api/v1/cluster");
            if (state.text("viewHash").isEmpty()) {
                return name + " does not answer";
            }
            if (!state.text("membersAlive").equals(Integer.toString(nodes.size()))) {
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
        return nodes.stream()
                .filter(node -> !cluster.admin(node)
                        .get("/api/v1/cluster")
                        .get("arbitration")
                        .text("cpReady")
                        .equals("true"))
                .map(node -> cluster.node(node).name() + " sees no CP group")
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

    /** Owner by task, as the first of the nodes sees it. */
    public Map<String, String> owners() {
        var first = nodes.stream().min(Comparator.naturalOrder()).orElseThrow();
        var owners = new TreeMap<String, String>();
        cluster.admin(first)
                .get("/api/v1/ring")
                .get("tasks")
                .items()
                .forEach(task -> owners.put(task.text("name"), task.text("owner")));
        return owners;
    }

    /** From now on only these nodes hold the task file in force, by number from 0. */
    public void expectDrift(Set<Integer> holders) {
        drifting = nodes.stream()
                .filter(node -> !holders.contains(node))
                .map(node -> cluster.node(node).name())
                .collect(Collectors.toSet());
    }

    /** Nodes that do not take part yet, or whose task file is another one than is expected; empty if there are none. */
    private String notReady() {
        for (int node : nodes) {
            var joining = cluster.admin(node).get("/api/v1/members").get("items").items().stream()
                    .filter(member -> member.text("state").equals("alive"))
                    .filter(member -> !member.text("participation").equals("active"))
                    .map(member -> member.text("name") + " is " + member.text("participation"))
                    .collect(Collectors.joining(", "));
            if (!joining.isEmpty()) {
                return joining;
            }
            var drift = cluster.admin(node).get("/api/v1/cluster").get("notices").items().stream()
                    .filter(notice -> notice.text("code").equals("drift"))
                    .map(notice -> notice.text("text").replaceFirst(" .*", ""))
                    .collect(Collectors.toSet());
            if (!drift.equals(drifting)) {
                return "other files on " + drift + ", not on " + drifting;
            }
        }
        return "";
    }

    /** What is missing until all is at rest and each task runs on its owner, and no other task runs; empty if nothing is. */
    public String missingOnOwners() throws IOException {
        var missing = notReady();
        if (missing.isEmpty()) {
            missing = missing();
        }
        if (!missing.isEmpty()) {
            return missing;
        }
        var owners = owners();
        var wanted = workload.tasks().stream().map(TaskSpec::name).collect(Collectors.toSet());
        if (!owners.keySet().equals(wanted)) {
            return "the ring places " + owners.size() + " tasks, not the " + wanted.size() + " wanted";
        }
        var fresh = witness.freshNodes(System.nanoTime() - FRESH_NANOS);
        return fresh.entrySet().stream()
                .filter(entry ->
                        !entry.getValue().equals(Set.of(owners.getOrDefault(entry.getKey(), "nobody, it is gone"))))
                .map(entry -> entry.getKey() + " runs on " + entry.getValue() + " and belongs to "
                        + owners.get(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private String tasksMissing() throws IOException {
        long now = System.nanoTime();
        List<String> missing = new ArrayList<>();
        for (var task : workload.tasks()) {
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
