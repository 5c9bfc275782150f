package io.rota.hashing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Boils the owners of all tasks under many views down to one number, so that two JVMs can be compared by a line of text.
 * Run as a program: tasks, nodes, views.
 */
final class AgreementRun {
    private static final int[] WEIGHTS = {1000, 2000, 4000};

    private AgreementRun() {}

    public static void main(String[] args) {
        int tasks = Integer.parseInt(args[0]);
        int nodes = Integer.parseInt(args[1]);
        int views = Integer.parseInt(args[2]);
        System.out.println(Long.toHexString(fingerprint(tasks, nodes, views)));
    }

    static long fingerprint(int taskCount, int nodeCount, int views) {
        List<RingNode> nodes = nodes(nodeCount);
        Placement placement = Placement.of(nodes, tasks(taskCount), PlacementSettings.defaults());
        long fingerprint = placement.fingerprint();
        for (int view = 1; view < views; view++) {
            List<RingNode> changed = new ArrayList<>(nodes);
            changed.remove(view % nodeCount);
            changed.add(RingNode.of("late-" + view));
            placement = placement.withNodes(changed);
            fingerprint = XxHash64.hash(placement.fingerprint(), fingerprint);
        }
        return fingerprint;
    }

    static List<RingNode> nodes(int count) {
        List<RingNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> tags = i % 5 == 0 ? Map.of("disk", "ssd") : Map.of();
            nodes.add(new RingNode("node-" + i, WEIGHTS[i % 3], tags, ""));
        }
        return nodes;
    }

    static List<RingTask> tasks(int count) {
        TagSelector ssd = TagSelector.parse("disk=ssd");
        List<RingTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String group = i % 100 == 0 ? "group-" + i % 1000 : "";
            tasks.add(new RingTask("task-" + i, i % 10 == 0 ? ssd : TagSelector.any(), group));
        }
        return tasks;
    }
}
