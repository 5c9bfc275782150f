package io.rota.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a task file changes against the one before. Immutable.
 *
 * @param added names of new tasks
 * @param removed names of tasks that are gone
 * @param restarted names of tasks whose running process has to be another one
 * @param changed names of tasks that change without it
 */
public record TaskFileChange(List<String> added, List<String> removed, List<String> restarted, List<String> changed) {
    public TaskFileChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        restarted = List.copyOf(restarted);
        changed = List.copyOf(changed);
    }

    /** Compares task by task. */
    public static TaskFileChange between(TaskFile before, TaskFile after) {
        var old = new TreeMap<String, TaskDefinition>();
        before.tasks().forEach(task -> old.put(task.name(), task));
        var added = new ArrayList<String>();
        var restarted = new ArrayList<String>();
        var changed = new ArrayList<String>();
        for (var task : after.tasks()) {
            var was = old.remove(task.name());
            if (was == null) {
                added.add(task.name());
            } else if (task.isService() && !was.runsLike(task)) {
                restarted.add(task.name());
            } else if (!was.equals(task)) {
                changed.add(task.name());
            }
        }
        return new TaskFileChange(added, List.copyOf(old.keySet()), restarted, changed);
    }

    /** In words, for a log. */
    public String inWords() {
        return "added=" + added + " removed=" + removed + " restarted=" + restarted + " changed=" + changed;
    }
}
