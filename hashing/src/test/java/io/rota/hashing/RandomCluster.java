package io.rota.hashing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded nodes and tasks of every kind, so that a failing case is named by its seed. */
final class RandomCluster {
    private static final List<String> SELECTORS =
            List.of("", "", "", "disk=ssd", "zone=*", "zone=a", "disk=ssd,zone=b");
    /** Small, so that rings are cheap to build many times. */
    private static final int[] WEIGHTS = {50, 100, 100, 200, 400};

    private final Random random;
    private int born;

    RandomCluster(long seed) {
        this.random = new Random(seed);
    }

    int upTo(int bound) {
        return random.nextInt(bound + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    RingNode node() {
        Map<String, String> tags = new HashMap<>();
        if (random.nextInt(3) == 0) {
            tags.put("disk", "ssd");
        }
        String zone = List.of("", "a", "b", "c").get(random.nextInt(4));
        if (!zone.isEmpty()) {
            tags.put("zone", zone);
        }
        return new RingNode("n" + born++, WEIGHTS[random.nextInt(WEIGHTS.length)], tags, zone);
    }

    RingTask task() {
        String group = random.nextInt(4) == 0 ? "g" + random.nextInt(3) : "";
        String selector = SELECTORS.get(random.nextInt(SELECTORS.size()));
        return new RingTask("t" + born++, TagSelector.parse(selector), group);
    }

    List<RingNode> nodes(int count) {
        List<RingNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node());
        }
        return nodes;
    }

    List<RingTask> tasks(int count) {
        List<RingTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(task());
        }
        return tasks;
    }

    PlacementSettings settings() {
        return new PlacementSettings(List.of(0, 0, 1, 50, 250).get(random.nextInt(5)));
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
