package io.rota.benchmarks;

import io.rota.hashing.Moves;
import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import java.util.List;
import java.util.Set;

/**
 * Measures one row: places tasks on nodes with automatic slack, then lets nodes leave and others join, one at a time, always
 * from the same placement. The names count up, so that each run measures the same.
 *
 * @param clusters sets of nodes
 * @param taskSets sets of tasks for each set of nodes
 * @param changes leaves for each set of tasks, and as many joins
 */
record Sampling(Fleet fleet, int nodes, int average, int clusters, int taskSets, int changes) {

    /** How much is measured, by size: most for equal nodes, whose goals are the finest. */
    static Sampling of(Fleet fleet, int nodes, int average) {
        boolean isFine = fleet == Fleet.EQUAL;
        if (nodes == 10) {
            int many = average == 10 ? 2000 : average == 100 ? 300 : 1000;
            return new Sampling(fleet, nodes, average, isFine ? many : 200, 1, 5);
        }
        if (nodes == 100) {
            int clusters = average == 10 ? 30 : average == 100 ? 12 : 6;
            return new Sampling(fleet, nodes, average, isFine ? clusters : clusters / 2, average == 1000 ? 1 : 4, 5);
        }
        if (isFine && average == 10) {
            return new Sampling(fleet, nodes, average, 16, 8, 5);
        }
        int clusters = isFine && average == 100 ? 6 : 4;
        return new Sampling(fleet, nodes, average, clusters, average == 10 ? 5 : average == 100 ? 2 : 1, 5);
    }

    /** Peak over fair share by weight; moved over ideal when a node leaves and when one joins; number of saturated tasks. */
    record Found(Tally peak, Tally leave, Tally join, int saturated) {}

    Found measure() {
        Tally peak = new Tally();
        Tally leave = new Tally();
        Tally join = new Tally();
        int saturated = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            List<RingNode> members = fleet.nodes(nodes, "s" + cluster + "-node-");
            Placement empty = Placement.of(members, List.of(), PlacementSettings.defaults());
            for (int set = 0; set < taskSets; set++) {
                List<RingTask> tasks = fleet.tasks(nodes * average, "s" + cluster + "-" + set + "-task-");
                Placement placement = empty.withTasks(Set.of(), tasks);
                peak.add(peak(placement), 1);
                saturated += saturated(placement, tasks);
                for (int i = 0; i < changes; i++) {
                    change(placement, ((set * changes + i) * 37 + cluster) % nodes, leave, join);
                }
            }
            peak.endSample();
            leave.endSample();
            join.endSample();
        }
        return new Found(peak, leave, join, saturated);
    }

    private void change(Placement placement, int number, Tally leave, Tally join) {
        RingNode leaver = placement.ring().nodes().get(number);
        Placement without = placement.withoutNode(leaver.id());
        leave.add(Moves.between(placement, without).count(), placement.loadOf(leaver.id()));

        RingNode joiner = fleet.node("late-" + leaver.id(), number);
        Placement with = placement.withNode(joiner);
        join.add(Moves.between(placement, with).count(), with.loadOf(joiner.id()));
    }

    private static double peak(Placement placement) {
        List<RingNode> members = placement.ring().nodes();
        double weight = members.stream().mapToInt(RingNode::weightMilli).sum();
        return members.stream()
                .mapToDouble(
                        node -> placement.loadOf(node.id()) / (placement.taskCount() * node.weightMilli() / weight))
                .max()
                .orElse(0);
    }

    private static int saturated(Placement placement, List<RingTask> tasks) {
        return (int)
                tasks.stream().filter(task -> placement.isSaturated(task.id())).count();
    }
}
