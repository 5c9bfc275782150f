package io.rota.scheduler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * All tasks of the cluster as one node's config file defines them. Immutable.
 *
 * @param revision number of the file, 0 if it has none; among files that differ the highest is in force
 * @param tasks by name
 */
public record TaskFile(long revision, List<TaskDefinition> tasks) {
    public TaskFile {
        if (revision < 0) {
            throw new IllegalArgumentException("revision " + revision + " is negative");
        }
        tasks = tasks.stream()
                .sorted(Comparator.comparing(TaskDefinition::name))
                .toList();
    }

    /** What the other nodes must know of it, by name. */
    public List<TaskOutline> outlines() {
        return tasks.stream().map(TaskOutline::of).toList();
    }

    /** Equal on two nodes whose files define the same; never 0. */
    public long digest() {
        var low = new CRC32C();
        var high = new CRC32C();
        high.update(1);
        for (var task : tasks) {
            var bytes = (task.name() + '\n').getBytes(StandardCharsets.UTF_8);
            var line = ByteBuffer.allocate(bytes.length + Long.BYTES)
                    .put(bytes)
                    .putLong(task.fingerprint())
                    .array();
            low.update(line);
            high.update(line);
            high.update(bytes.length);
        }
        long digest = high.getValue() << 32 | low.getValue();
        return digest == 0 ? 1 : digest;
    }
}
