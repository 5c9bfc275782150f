package io.rota.node.config;

import io.rota.scheduler.Shards;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Reads the tasks of a config file and of the files that it includes, and what must fit between them. Not thread-safe. */
final class TaskSections {
    private final Map<String, Section> byName = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<TaskDefinition> tasks = new ArrayList<>();

    /** Adds the {@code tasks:} of one file. */
    void add(Section section) {
        for (var name : section.keys()) {
            section.section(name).ifPresent(task -> {
                if (!TaskDefinition.isValidName(name)) {
                    section.problemAtKey(
                            name,
                            "task name \"" + name + "\" is not valid",
                            "a-z, 0-9, dot, dash, underscore; at most 63");
                }
                var earlier = places.putIfAbsent(name, section.placeOf(name));
                if (earlier != null) {
                    section.problemAtKey(
                            name, "there is a task \"" + name + "\" at " + earlier + " already", "rename one of them");
                    return;
                }
                byName.put(name, task);
                tasks.addAll(new TaskSection(name, task).read());
            });
        }
    }

    /** All tasks by name. */
    List<TaskDefinition> end(Slots slots) {
        checkShares(slots);
        new TaskGraph(tasks)
                .flaws().stream()
                        .map(flaw -> new TaskGraph.Flaw(Shards.taskOf(flaw.task()), flaw.message(), flaw.remedy()))
                        .distinct()
                        .forEach(flaw ->
                                section(flaw.task()).problemAt("needs", "needs: " + flaw.message(), flaw.remedy()));
        tasks.sort(Comparator.comparing(TaskDefinition::name));
        return tasks;
    }

    private Section section(String task) {
        var section = byName.get(Shards.taskOf(task));
        if (section == null) {
            throw new IllegalStateException("no section of task " + task);
        }
        return section;
    }

    /** A run that needs more slots than the node has would wait for ever. */
    private void checkShares(Slots slots) {
        var seen = new HashSet<String>();
        for (var task : tasks) {
            if (seen.add(Shards.taskOf(task.name())) && !slots.canHold(task.share())) {
                section(task.name())
                        .problemAt(
                                "slots",
                                "slots " + task.share().slots() + " is more than the " + slots.room(task.share())
                                        + " of this node",
                                "give the node more slots, or the task fewer");
            }
        }
    }
}
