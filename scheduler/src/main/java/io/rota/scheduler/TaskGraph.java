package io.rota.scheduler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which task needs which. Every task that needs others goes back to exactly one root, a task with a schedule of its own or
 * one that is ordered, so that all of them share the root's cycles. A definition that breaks this is a {@link Flaw}; its
 * task has no parents here and never falls due. Immutable; pure.
 */
public final class TaskGraph {
    private final Map<String, List<String>> parents = new HashMap<>();
    private final Map<String, Set<String>> children = new HashMap<>();
    private final Map<String, Set<String>> ancestors = new HashMap<>();
    private final Map<String, String> roots = new HashMap<>();
    private final List<Flaw> flaws = new ArrayList<>();

    /**
     * Why a task cannot need what it needs.
     *
     * @param task whose definition it is
     * @param message for a person
     * @param remedy for a person
     */
    public record Flaw(String task, String message, String remedy) {}

    public TaskGraph(Collection<TaskDefinition> tasks) {
        var byName = new HashMap<String, TaskDefinition>();
        tasks.forEach(task -> byName.put(task.name(), task));
        for (var task : tasks) {
            if (task.schedule() instanceof Schedule.After after) {
                link(task.name(), after.needs(), byName);
            }
        }
        tasks.forEach(task -> ancestors.put(task.name(), ancestorsOf(task.name())));
        tasks.forEach(task -> root(task.name()));
    }

    private void link(String task, List<String> needs, Map<String, TaskDefinition> byName) {
        for (var need : needs) {
            var parent = byName.get(need);
            if (parent == null) {
                flaws.add(new Flaw(task, "there is no task \"" + need + "\"", "name a task of this file"));
            } else if (parent.isService()) {
                flaws.add(new Flaw(task, need + " is a service, which never ends", "need a task that has a schedule"));
            } else {
                parents.computeIfAbsent(task, name -> new ArrayList<>()).add(need);
                children.computeIfAbsent(need, name -> new TreeSet<>()).add(task);
            }
        }
    }

    private Set<String> ancestorsOf(String task) {
        var found = new TreeSet<String>();
        var open = new ArrayDeque<>(parentsOf(task));
        while (!open.isEmpty()) {
            var next = open.removeFirst();
            if (found.add(next)) {
                open.addAll(parentsOf(next));
            }
        }
        return found;
    }

    private void root(String task) {
        var above = ancestorsOf(task);
        var found = above.stream().filter(name -> parentsOf(name).isEmpty()).toList();
        if (above.contains(task)) {
            flaws.add(new Flaw(
                    task,
                    "it needs itself, by way of " + String.join(", ", parentsOf(task)),
                    "take one of the needs away"));
        } else if (found.size() > 1) {
            flaws.add(new Flaw(
                    task,
                    "it goes back to more than one task of its own schedule: " + String.join(", ", found),
                    "let them need one common task: only then do they share a cycle"));
        } else if (found.isEmpty()) {
            roots.put(task, task);
        } else {
            roots.put(task, found.get(0));
        }
    }

    /** Everything that is wrong, in the order of the tasks. */
    public List<Flaw> flaws() {
        return List.copyOf(flaws);
    }

    /** The tasks that this one needs. */
    public List<String> parentsOf(String task) {
        return parents.getOrDefault(task, List.of());
    }

    /** The tasks that need this one, by name. */
    public Set<String> childrenOf(String task) {
        return children.getOrDefault(task, Set.of());
    }

    /** The task whose cycles this one shares: itself if it needs none; empty if its definition is flawed. */
    public Optional<String> rootOf(String task) {
        return Optional.ofNullable(roots.get(task));
    }

    /** True if another task needs this one or it needs another. */
    public boolean isLinked(String task) {
        return parents.containsKey(task) || children.containsKey(task);
    }

    /** The parents that have a part in a cycle which began at this task; empty if the task has none itself. */
    public List<String> parentsInCycleOf(String task, String origin) {
        return parentsOf(task).stream()
                .filter(parent -> parent.equals(origin)
                        || ancestors.getOrDefault(parent, Set.of()).contains(origin))
                .toList();
    }
}
