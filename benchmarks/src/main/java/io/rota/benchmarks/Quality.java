package io.rota.benchmarks;

import io.rota.hashing.Moves;
import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import io.rota.hashing.TagSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** How even the load is and how much moves, for equal nodes, for weights 1, 2, 4 and for tags. */
final class Quality {
    private static final PlacementSettings AUTO = PlacementSettings.defaults();
    private static final int[] WEIGHTS = {1000, 2000, 4000};

    private enum Kind {
        EQUAL,
        WEIGHTS_1_2_4,
        TAGS
    }

    void print() {
        System.out.printf("%nQuality of the Rota ring, automatic slack%n%n");
        System.out.println("| nodes are | N | tasks a node | peak/fair mean, max | moved/ideal leave: mean, worst"
                + " | join: mean, worst | saturated tasks |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Kind kind : Kind.values()) {
            for (int n : new int[] {10, 100, 1000}) {
                for (int average : new int[] {10, 100, 1000}) {
                    System.out.println(row(kind, n, average));
                }
            }
        }
        printTaskAdds();
    }

    private static void printTaskAdds() {
        System.out.printf("%nOne task more: others that move, mean, most, in 100 tries%n%n");
        System.out.println("| N | tasks a node | mean | most |");
        System.out.println("|---|---|---|---|");
        for (int n : new int[] {10, 100, 1000}) {
            for (int average : new int[] {10, 100}) {
                Placement placement =
                        Placement.of(nodes(Kind.EQUAL, n, "node-"), tasks(Kind.EQUAL, n * average, "task-"), AUTO);
                Tally others = new Tally();
                for (int i = 0; i < 100; i++) {
                    others.add(placement
                                    .whatIf()
                                    .taskIsAdded(RingTask.of("late-" + i))
                                    .count()
                            - 1);
                }
                System.out.printf(Locale.ROOT, "| %d | %d | %.2f | %.0f |%n", n, average, others.mean(), others.max());
            }
        }
    }

    private String row(Kind kind, int n, int average) {
        int samples = n == 10 ? 60 : n == 100 ? (average == 1000 ? 3 : 8) : (average == 10 ? 3 : 1);
        int changes = n == 10 ? 10 : n == 100 ? 25 : (average == 1000 ? 12 : 30);
        Tally peak = new Tally();
        Tally leave = new Tally();
        Tally join = new Tally();
        int saturated = 0;
        for (int sample = 0; sample < samples; sample++) {
            List<RingNode> nodes = nodes(kind, n, "s" + sample + "-node-");
            List<RingTask> tasks = tasks(kind, n * average, "s" + sample + "-task-");
            Placement placement = Placement.of(nodes, tasks, AUTO);
            peak.add(peak(placement, tasks.size()));
            saturated += saturated(placement, tasks);
            for (int i = 0; i < changes; i++) {
                RingNode node = nodes.get((i * 37 + sample) % n);
                Placement without = placement.withoutNode(node.id());
                int ideal = placement.loadOf(node.id());
                if (ideal > 0) {
                    leave.add((double) Moves.between(placement, without).count() / ideal);
                }
                RingNode late = new RingNode("late-" + node.id(), node.weightMilli(), node.tags(), "");
                Placement with = placement.withNode(late);
                int landed = with.loadOf(late.id());
                if (landed > 0) {
                    join.add((double) Moves.between(placement, with).count() / landed);
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.2f, %.2f | %.3f, %.2f | %.3f, %.2f | %d |",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                n,
                average,
                peak.mean(),
                peak.max(),
                leave.mean(),
                leave.max(),
                join.mean(),
                join.max(),
                saturated);
    }

    private static double peak(Placement placement, int tasks) {
        double weight = placement.ring().nodes().stream()
                .mapToInt(RingNode::weightMilli)
                .sum();
        return placement.ring().nodes().stream()
                .mapToDouble(node -> placement.loadOf(node.id()) / (tasks * node.weightMilli() / weight))
                .max()
                .orElse(0);
    }

    private static int saturated(Placement placement, List<RingTask> tasks) {
        return (int)
                tasks.stream().filter(task -> placement.isSaturated(task.id())).count();
    }

    private static List<RingNode> nodes(Kind kind, int count, String prefix) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RingNode(
                        prefix + i,
                        kind == Kind.WEIGHTS_1_2_4 ? WEIGHTS[i % 3] : RingNode.UNIT_WEIGHT_MILLI,
                        kind == Kind.TAGS ? tags(i) : Map.of(),
                        ""))
                .toList();
    }

    /** A fifth of the nodes carry a, half of them b. */
    private static Map<String, String> tags(int i) {
        if (i % 10 == 0) {
            return Map.of("a", "1", "b", "1");
        }
        return i % 5 == 0 ? Map.of("a", "1") : i % 2 == 0 ? Map.of("b", "1") : Map.of();
    }

    /** A quarter of the tasks ask for a, 19 % for b, 6 % for both. */
    private static List<RingTask> tasks(Kind kind, int count, String prefix) {
        TagSelector a = TagSelector.parse("a=1");
        TagSelector b = TagSelector.parse("b=1");
        TagSelector both = TagSelector.parse("a=1,b=1");
        List<RingTask> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kindOfTask = kind == Kind.TAGS ? i % 100 : 99;
            TagSelector selector =
                    kindOfTask < 25 ? a : kindOfTask < 44 ? b : kindOfTask < 50 ? both : TagSelector.any();
            tasks.add(new RingTask(prefix + i, selector, ""));
        }
        return tasks;
    }

    private static final class Tally {
        private double sum;
        private double max;
        private int count;

        void add(double value) {
            sum += value;
            max = Math.max(max, value);
            count++;
        }

        double mean() {
            return sum / count;
        }

        double max() {
            return max;
        }
    }
}
