package io.rota.node.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The demo without a person: waits until all tasks run, kills the node that owns most, waits until all run again, and
 * reads from what the tasks wrote whether an exclusive one ever ran twice at once. Any failure says why.
 */
final class Proof {
    /** Tasks of the demo: true for exclusive ones. */
    private static final Map<String, Boolean> SERVICES = new TreeMap<>(Map.of(
            "counter",
            true,
            "ledger",
            true,
            "feed-poller",
            false,
            "indexer",
            false,
            "mailer",
            false,
            "watcher",
            false));

    private static final List<String> PERIODIC = List.of("report", "heartbeat");
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(55);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FRESH_MILLIS = 2_000;
    private static final long WATCH_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final DemoCluster cluster;
    private final PrintWriter out;
    private final long startNanos = System.nanoTime();

    Proof(DemoCluster cluster, PrintWriter out) {
        this.cluster = cluster;
        this.out = out;
    }

    /** A check that can be waited for: empty when it holds, else what is still missing. */
    private interface Check {
        Optional<String> missing() throws IOException, InterruptedException;
    }

    private static final class ProofFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        ProofFailedException(String message) {
            super(message);
        }
    }

    int run() throws IOException, InterruptedException {
        try {
            await("all tasks run", () -> notFresh(0));
            await("the CP group is ready", this::notReady);
            int victim = ownerOfMost();
            var before = witness().latest();
            long killedMillis = Witness.uptimeMillis();
            cluster.kill(victim);
            out.println("killed " + DemoFiles.name(victim) + " (kill -9)");
            await("all tasks run again", () -> notFresh(killedMillis));
            LockSupport.parkNanos(WATCH_AFTER_NANOS);
            return report(victim, before, killedMillis);
        } catch (ProofFailedException e) {
            cluster.keepFiles();
            out.println("prove: FAILED: " + e.getMessage() + "; logs in "
                    + cluster.files().dir());
            return 1;
        } finally {
            out.flush();
        }
    }

    private Witness witness() throws IOException {
        return Witness.read(cluster.files().witness());
    }

    private void await(String what, Check check) throws IOException, InterruptedException, ProofFailedException {
        for (var missing = check.missing(); missing.isPresent(); missing = check.missing()) {
            if (IntStream.range(0, DemoCluster.NODES).noneMatch(cluster::isAlive)) {
                throw new ProofFailedException("all nodes ended by themselves");
            }
            if (System.nanoTime() - startNanos > LIMIT_NANOS) {
                throw new ProofFailedException("waited in vain until " + what + ": " + missing.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        out.printf("%5.1f s  %s%n", (System.nanoTime() - startNanos) / 1e9, what);
        out.flush();
    }

    /** Which services have no fresh line of a run that was alive after this instant. */
    private Optional<String> notFresh(long afterMillis) throws IOException {
        var latest = witness().latest();
        long now = Witness.uptimeMillis();
        var missing =
                IntStream.range(0, DemoCluster.NODES).mapToObj(DemoFiles::name).collect(Collectors.toSet());
        IntStream.range(0, DemoCluster.NODES)
                .filter(node -> !cluster.isAlive(node))
                .mapToObj(DemoFiles::name)
                .forEach(missing::remove);
        var silent = java.util.stream.Stream.concat(SERVICES.keySet().stream(), PERIODIC.stream())
                .filter(task -> {
                    var line = latest.get(task);
                    long age = PERIODIC.contains(task) ? 6_000 : FRESH_MILLIS;
                    return line == null
                            || line.uptimeMillis() < afterMillis
                            || now - line.uptimeMillis() > age
                            || !missing.contains(line.node());
                })
                .toList();
        return silent.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", silent));
    }

    private Optional<String> notReady() throws InterruptedException {
        for (int node = 0; node < DemoCluster.NODES; node++) {
            if (!cluster.get(node, "api/v1/cluster").contains("\"cpReady\":true")) {
                return Optional.of(DemoFiles.name(node) + " does not see it");
            }
        }
        return Optional.empty();
    }

    private int ownerOfMost() throws IOException {
        var counts = new TreeMap<String, Integer>();
        witness().latest().forEach((task, line) -> {
            if (SERVICES.containsKey(task)) {
                counts.merge(line.node(), 1, Integer::sum);
            }
        });
        var most = counts.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<String, Integer> entry) -> entry.getValue()))
                .orElseThrow(() -> new IllegalStateException("no task has ever run"));
        return IntStream.range(0, DemoCluster.NODES)
                .filter(node -> DemoFiles.name(node).equals(most.getKey()))
                .findFirst()
                .orElseThrow();
    }

    private int report(int victim, Map<String, Witness.Line> before, long killedMillis)
            throws IOException, ProofFailedException {
        var witness = witness();
        long ring = failoverMillis(witness, before, victim, killedMillis, false);
        long exclusive = failoverMillis(witness, before, victim, killedMillis, true);
        int overlaps = 0;
        for (var task : SERVICES.keySet()) {
            if (SERVICES.getOrDefault(task, false)) {
                overlaps += witness.overlaps(task).size();
                if (!witness.tokenRegressions(task).isEmpty()) {
                    throw new ProofFailedException(
                            "a token of " + task + " did not grow: " + witness.tokenRegressions(task));
                }
            }
        }
        out.printf(
                "prove: nodes=%d tasks=%d failover_ring_ms=%s failover_exclusive_ms=%s overlaps=%d%n",
                DemoCluster.NODES, SERVICES.size() + PERIODIC.size(), shown(ring), shown(exclusive), overlaps);
        if (overlaps > 0) {
            throw new ProofFailedException("an exclusive task ran twice at once");
        }
        return 0;
    }

    /** The slowest takeover of a service that the victim ran; -1 if it ran none of that level. */
    private static long failoverMillis(
            Witness witness, Map<String, Witness.Line> before, int victim, long killedMillis, boolean exclusive) {
        return before.values().stream()
                .filter(line -> line.node().equals(DemoFiles.name(victim)))
                .filter(line -> SERVICES.containsKey(line.task()) && SERVICES.get(line.task()) == exclusive)
                .map(line -> witness.firstStartAfter(line.task(), killedMillis))
                .flatMap(Optional::stream)
                .mapToLong(start -> start.uptimeMillis() - killedMillis)
                .max()
                .orElse(-1);
    }

    private static String shown(long millis) {
        return millis < 0 ? "none" : Long.toString(millis);
    }
}
