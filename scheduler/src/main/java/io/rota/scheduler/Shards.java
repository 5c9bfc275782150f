package io.rota.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One task split into several: each shard is a task of its own, {@code NAME#0} and so on, which the ring places by that
 * name. It knows its number by {@code {shard}} and {@code {shards}} in its arguments and by {@code $ROTA_SHARD} and
 * {@code $ROTA_SHARDS}. Pure.
 */
public final class Shards {
    /** Most shards of a task. */
    public static final int MOST = 256;

    private static final char SEPARATOR = '#';

    private Shards() {}

    /** The shards of a task, by number. */
    public static List<TaskDefinition> of(TaskDefinition task, int count) {
        if (count < 2 || count > MOST) {
            throw new IllegalArgumentException("shards " + count + " is not within 2.." + MOST);
        }
        var shards = new ArrayList<TaskDefinition>();
        for (int i = 0; i < count; i++) {
            shards.add(task.as(nameOf(task.name(), i), work(task.work(), i, count)));
        }
        return shards;
    }

    /** The name of one shard. */
    public static String nameOf(String task, int shard) {
        return task + SEPARATOR + shard;
    }

    /** The name of the task that this is a shard of; the name itself if it is none. */
    public static String taskOf(String name) {
        int end = name.indexOf(SEPARATOR);
        return end < 0 ? name : name.substring(0, end);
    }

    private static Work work(Work work, int shard, int count) {
        if (work instanceof Work.Command command) {
            var values = Map.of("shard", Integer.toString(shard), "shards", Integer.toString(count));
            var environment = new TreeMap<>(command.environment());
            environment.put("ROTA_SHARD", Integer.toString(shard));
            environment.put("ROTA_SHARDS", Integer.toString(count));
            return new Work.Command(
                    Placeholders.fill(command.command(), values),
                    command.workingDir(),
                    environment,
                    command.secrets(),
                    command.confinement());
        }
        throw new IllegalArgumentException("only a command can be told which shard it is");
    }
}
