package io.rota.benchmarks;

import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import io.rota.hashing.TagSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The kinds of nodes and tasks that are measured. Immutable. */
enum Fleet {
    EQUAL,
    WEIGHTS_1_2_4,
    TAGS;

    private static final int[] WEIGHTS = {1000, 2000, 4000};

    List<RingNode> nodes(int count, String prefix) {
        return IntStream.range(0, count).mapToObj(i -> node(prefix + i, i)).toList();
    }

    /** A node with the weight and the tags of the i-th. */
    RingNode node(String id, int i) {
        return new RingNode(
                id,
                this == WEIGHTS_1_2_4 ? WEIGHTS[i % 3] : RingNode.UNIT_WEIGHT_MILLI,
                this == TAGS ? tags(i) : Map.of(),
                "");
    }

    /** A quarter of the tasks ask for a, 19 % for b, 6 % for both. */
    List<RingTask> tasks(int count, String prefix) {
        TagSelector a = TagSelector.parse("a=1");
        TagSelector b = TagSelector.parse("b=1");
        TagSelector both = TagSelector.parse("a=1,b=1");
        List<RingTask> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = this == TAGS ? i % 100 : 99;
            TagSelector selector = kind < 25 ? a : kind < 44 ? b : kind < 50 ? both : TagSelector.any();
            tasks.add(new RingTask(prefix + i, selector, ""));
        }
        return tasks;
    }

    /** A fifth of the nodes carry a, half of them b. */
    private static Map<String, String> tags(int i) {
        if (i % 10 == 0) {
            return Map.of("a", "1", "b", "1");
        }
        return i % 5 == 0 ? Map.of("a", "1") : i % 2 == 0 ? Map.of("b", "1") : Map.of();
    }

    /** What the command line calls it. */
    String section() {
        return switch (this) {
            case EQUAL -> "equal";
            case WEIGHTS_1_2_4 -> "weights";
            case TAGS -> "tags";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
