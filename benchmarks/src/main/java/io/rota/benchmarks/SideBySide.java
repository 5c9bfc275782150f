package io.rota.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of all schemes on one set of nodes and keys. */
final class SideBySide {
    private static final int NODES = 100;
    private static final int KEYS = 10_000;
    private static final int CHANGES = 20;
    private static final int LOOKUPS = 500_000;

    private final List<String> nodes = Schemes.names("node-", NODES);
    private final List<String> keys = Schemes.names("task-", KEYS);

    private record Moved(double mean, double worst) {}

    void print() throws Exception {
        System.out.printf("%nSide by side: %d nodes, %,d keys, %d leaves and joins%n%n", NODES, KEYS, CHANGES);
        System.out.println("| scheme | lookup ns | peak/avg | moved/ideal leave: mean, worst | join: mean, worst"
                + " | memory KiB | cold ms | same set, same map |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Scheme scheme : Schemes.all()) {
            System.out.println(row(scheme));
        }
    }

    private String row(Scheme scheme) throws Exception {
        Scheme.Owners owners = scheme.build(nodes, keys);
        double lookup = lookupNanos(owners);
        double peak = peak(owners);
        Moved leave = new Moved(0, 0);
        Moved join = new Moved(0, 0);
        Map<String, String> before = snapshot(owners);
        for (int i = 0; i < CHANGES; i++) {
            String node = nodes.get(i * 5);
            owners = owners.leave(node);
            Map<String, String> without = snapshot(owners);
            leave = add(leave, moved(before, without), count(before, node));
            owners = owners.join(node);
            before = snapshot(owners);
            join = add(join, moved(without, before), count(before, node));
        }
        double cold = Clock.millis(9, () -> scheme.build(nodes, keys)).median();
        long bytes = Clock.retainedBytes(() -> scheme.build(nodes, keys));
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.2f, %.2f | %.2f, %.2f | %,d | %.1f | %s |",
                scheme.name(),
                lookup,
                peak,
                leave.mean(),
                leave.worst(),
                join.mean(),
                join.worst(),
                Math.max(1, bytes / 1024),
                cold,
                scheme.isFunctionOfTheSet() ? "yes" : "no");
    }

    private static Moved add(Moved sum, double moved, double ideal) {
        return new Moved(sum.mean() + moved / ideal / CHANGES, Math.max(sum.worst(), moved / ideal));
    }

    private double lookupNanos(Scheme.Owners owners) throws Exception {
        double best = Clock.millis(7, () -> {
                    int sum = 0;
                    for (int i = 0; i < LOOKUPS; i++) {
                        sum += owners.ownerOf(keys.get(i * 7 % KEYS)).length();
                    }
                    return sum;
                })
                .best();
        return best * 1e6 / LOOKUPS;
    }

    private double peak(Scheme.Owners owners) {
        Map<String, Integer> loads = new HashMap<>();
        keys.forEach(key -> loads.merge(owners.ownerOf(key), 1, Integer::sum));
        return loads.values().stream().mapToInt(i -> i).max().orElse(0) / ((double) KEYS / NODES);
    }

    private Map<String, String> snapshot(Scheme.Owners owners) {
        Map<String, String> owned = new HashMap<>();
        keys.forEach(key -> owned.put(key, owners.ownerOf(key)));
        return owned;
    }

    private double moved(Map<String, String> before, Map<String, String> after) {
        return keys.stream()
                .filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
                .count();
    }

    private static double count(Map<String, String> owned, String node) {
        return owned.values().stream().filter(node::equals).count();
    }
}
