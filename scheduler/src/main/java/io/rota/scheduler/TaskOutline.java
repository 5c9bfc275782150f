package io.rota.scheduler;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every node must know of a task that may be defined in another node's file only: enough to place it, and to see
 * whether two definitions are the same. Immutable.
 *
 * @param name task name
 * @param fingerprint {@link TaskDefinition#fingerprint()}
 * @param tags only nodes that carry all of these are eligible
 */
public record TaskOutline(String name, long fingerprint, SortedMap<String, String> tags) {
    public TaskOutline {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** The outline of a definition. */
    public static TaskOutline of(TaskDefinition task) {
        return new TaskOutline(task.name(), task.fingerprint(), task.tags());
    }
}
