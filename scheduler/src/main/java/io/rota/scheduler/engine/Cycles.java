package io.rota.scheduler.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of the latest cycles of each task, for those that somebody may ask about again: runs that were ordered.
 * Bounded: so many cycles a task, the eldest go first. Confined to the engine's thread.
 */
final class Cycles {
    /** Cycles remembered per task. */
    static final int MOST = 100;

    private final Map<String, Map<String, CycleFact>> byTask = new HashMap<>();

    /** A run has a new state. */
    void note(Run run) {
        if (run.origin().isOrder()) {
            var facts = byTask.computeIfAbsent(run.task(), task -> new TreeMap<>());
            facts.put(run.origin().cycle(), CycleFact.of(run));
            if (facts.size() > MOST) {
                facts.values().stream()
                        .min(Comparator.comparingLong(CycleFact::bornMillis).thenComparing(CycleFact::cycle))
                        .ifPresent(eldest -> facts.remove(eldest.cycle()));
            }
        }
    }

    Optional<CycleFact> find(String task, String cycle) {
        return Optional.ofNullable(byTask.getOrDefault(task, Map.of()).get(cycle));
    }
}
