package io.rota.scheduler.engine;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What became of the latest cycles of each task, for those that somebody may ask about again: runs that were ordered, tasks
 * that need others or are needed, and tasks whose missed occurrences are made up for or that have only one. From it follows which cycles a task is due in. Bounded: so many cycles of each
 * task and lineage, the eldest go first, and since a task takes part only in cycles of those that it needs, what it forgets
 * they have forgotten too: a forgotten cycle never comes again. Confined to the engine's thread.
 */
final class Cycles {
    /**
     * Cycles remembered of each task that began by themselves, and as many that began by orders of one task: more than
     * can be recorded in one step ({@link Agenda#MOST_AT_ONCE}).
     */
    static final int MOST = 128;

    private static final Comparator<CycleFact> BY_AGE =
            Comparator.comparingLong(CycleFact::bornMillis).thenComparing(CycleFact::cycle);

    private TaskGraph graph = new TaskGraph(List.of());
    private final Map<String, Schedule.After> needy = new HashMap<>();
    private final Set<String> seldom = new HashSet<>();
    /** Cycles that were known already when the task was defined: none of its. */
    private final Map<String, Set<String>> before = new HashMap<>();

    private final Map<String, Map<String, CycleFact>> byTask = new HashMap<>();

    /**
     * A cycle in which a task is due now.
     *
     * @param origin what it goes back to
     * @param skip why its run is skipped; empty if it is to begin
     */
    record Due(RunOrigin origin, String skip) {}

    Cycles(Collection<TaskDefinition> tasks) {
        redefine(tasks);
    }

    /**
     * These tasks are defined from now on. What is known of others is kept, or one that comes back would begin its cycles
     * again; and a task that needs others anew begins with the next cycle.
     */
    void redefine(Collection<TaskDefinition> tasks) {
        var needed = Map.copyOf(needy);
        graph = new TaskGraph(tasks);
        needy.clear();
        seldom.clear();
        for (var task : tasks) {
            if (task.schedule() instanceof Schedule.After after) {
                needy.put(task.name(), after);
                if (!after.equals(needed.get(task.name()))) {
                    before.put(task.name(), knownOf(graph.parentsOf(task.name())));
                }
            } else if (task.policy().catchUp() != CatchUp.NONE || task.schedule() instanceof Schedule.At) {
                seldom.add(task.name());
            }
        }
    }

    /**
     * Takes in what a run or another node says.
     *
     * @return true if that is news for others: a first word or an end; what has ended stays as it ended first
     */
    boolean learn(CycleFact fact) {
        var root = graph.rootOf(fact.task());
        if (root.isEmpty() || !isKept(fact)) {
            return false;
        }
        var facts = byTask.computeIfAbsent(fact.task(), task -> new TreeMap<>());
        var known = facts.get(fact.cycle());
        if (known != null && (known.state().isTerminal() || known.state() == fact.state())) {
            return false;
        }
        facts.put(fact.cycle(), fact);
        forgetEldest(facts, fact.lineage());
        return facts.containsKey(fact.cycle()) && (known == null || fact.state().isTerminal());
    }

    /** True if the task needs others or something is known of its cycles. */
    boolean concern(String task) {
        return needy.containsKey(task) || byTask.containsKey(task);
    }

    private boolean isKept(CycleFact fact) {
        return seldom.contains(fact.task())
                || graph.isLinked(fact.task())
                || RunOrigin.orderedTask(fact.cycle()).isPresent();
    }

    private static void forgetEldest(Map<String, CycleFact> facts, String lineage) {
        var alike = facts.values().stream()
                .filter(fact -> fact.lineage().equals(lineage))
                .toList();
        if (alike.size() > MOST) {
            alike.stream().min(BY_AGE).ifPresent(eldest -> facts.remove(eldest.cycle()));
        }
    }

    Optional<CycleFact> find(String task, String cycle) {
        return Optional.ofNullable(byTask.getOrDefault(task, Map.of()).get(cycle));
    }

    /** When an order that is taken now was born: after all earlier ones, whatever the clock says. */
    long birthOfOrder(String task, long wallMillis) {
        return byTask.getOrDefault(task, Map.of()).values().stream()
                .filter(fact -> fact.lineage().equals(task))
                .mapToLong(fact -> fact.bornMillis() + 1)
                .reduce(wallMillis, Math::max);
    }

    /** Tasks that may be due once this one has ended. */
    Set<String> childrenOf(String task) {
        return graph.childrenOf(task);
    }

    /** All that is known of a task and of those that it needs: what its next owner must know. */
    List<CycleFact> legacyOf(String task) {
        var facts = new ArrayList<>(byTask.getOrDefault(task, Map.of()).values());
        graph.parentsOf(task)
                .forEach(parent ->
                        facts.addAll(byTask.getOrDefault(parent, Map.of()).values()));
        return facts;
    }

    /** Everything that is known. */
    List<CycleFact> all() {
        return byTask.values().stream()
                .flatMap(facts -> facts.values().stream())
                .toList();
    }

    /** Runs of the task that began somewhere and of which no end is known. */
    List<CycleFact> openOf(String task) {
        return byTask.getOrDefault(task, Map.of()).values().stream()
                .filter(fact -> !fact.state().isTerminal())
                .toList();
    }

    /** The cycles that the task has no part in yet and in which all that it needs has ended, eldest first. */
    List<Due> dueOf(String task) {
        var after = needy.get(task);
        var root = graph.rootOf(task);
        if (after == null || root.isEmpty()) {
            return List.of();
        }
        var candidates = new TreeSet<>(BY_AGE);
        graph.parentsOf(task)
                .forEach(parent ->
                        candidates.addAll(byTask.getOrDefault(parent, Map.of()).values()));
        var due = new TreeMap<String, Due>();
        for (var fact : candidates) {
            if (find(task, fact.cycle()).isEmpty()
                    && !before.getOrDefault(task, Set.of()).contains(fact.cycle())
                    && !due.containsKey(fact.cycle())) {
                due(after, graph.parentsInCycleOf(task, fact.origin(root.get())), fact)
                        .ifPresent(found -> due.put(fact.cycle(), found));
            }
        }
        return due.values().stream()
                .sorted(Comparator.comparingLong((Due found) -> found.origin().bornMillis())
                        .thenComparing(found -> found.origin().cycle()))
                .toList();
    }

    private Set<String> knownOf(Collection<String> parents) {
        return parents.stream()
                .flatMap(parent -> byTask.getOrDefault(parent, Map.of()).keySet().stream())
                .collect(Collectors.toSet());
    }

    private Optional<Due> due(Schedule.After after, List<String> parents, CycleFact cycle) {
        var ended = parents.stream()
                .flatMap(parent -> find(parent, cycle.cycle()).stream())
                .filter(fact -> fact.state().isTerminal())
                .toList();
        if (ended.size() < parents.size()) {
            return Optional.empty();
        }
        return Optional.of(
                new Due(new RunOrigin(cycle.cycle(), cycle.bornMillis(), new TreeMap<>()), skip(after.when(), ended)));
    }

    private static String skip(Schedule.When when, List<CycleFact> ended) {
        var skipped = named(
                ended.stream().filter(fact -> fact.state() == RunState.SKIPPED).toList());
        if (!skipped.isEmpty()) {
            return "what it needs was skipped: " + skipped;
        }
        var failed = ended.stream()
                .filter(fact -> fact.state() != RunState.SUCCEEDED && fact.state() != RunState.RESOLVED_DONE)
                .toList();
        return switch (when) {
            case ALWAYS -> "";
            case SUCCESS -> failed.isEmpty() ? "" : "what it needs has not succeeded: " + named(failed);
            case FAILURE -> failed.isEmpty() ? "all that it needs has succeeded (when: failure)" : "";
        };
    }

    private static String named(List<CycleFact> facts) {
        return facts.stream().map(fact -> fact.task() + " " + fact.state()).collect(Collectors.joining(", "));
    }
}
