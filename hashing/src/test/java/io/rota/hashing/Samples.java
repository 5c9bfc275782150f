package io.rota.hashing;

import java.util.List;
import java.util.stream.IntStream;

/** Nodes and tasks for tests. */
final class Samples {
    private Samples() {}

    static List<RingNode> nodes(int count) {
        return IntStream.range(0, count).mapToObj(i -> RingNode.of("node-" + i)).toList();
    }

    static List<RingTask> tasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> RingTask.of("task-" + i)).toList();
    }
}
