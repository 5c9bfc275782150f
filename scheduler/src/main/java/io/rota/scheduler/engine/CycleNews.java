package io.rota.scheduler.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each other member has not heard yet of the cycles this node knows. A member is told at once, in one call at a time,
 * again until it has answered, and one that has come anew is told everything. Bounded by what {@link Cycles} remembers.
 * Confined to the engine's thread.
 */
final class CycleNews {
    /** Facts in one call. */
    static final int MOST_AT_ONCE = 500;

    private final Map<String, Untold> members = new TreeMap<>();
    private long count;

    /** What one member has not heard, latest state of each run, in the order in which the runs first changed. */
    private static final class Untold {
        private final Map<String, CycleFact> facts = new LinkedHashMap<>();
        private List<CycleFact> asked = List.of();
        private long openCall;
        private long againNanos = Long.MIN_VALUE;
    }

    /** These are the other members now; whoever was not among them knows nothing. */
    void onMembers(Set<String> others, Cycles cycles) {
        members.keySet().retainAll(others);
        for (var member : others) {
            members.computeIfAbsent(member, name -> {
                var untold = new Untold();
                cycles.all().forEach(fact -> untold.facts.put(fact.runId(), fact));
                return untold;
            });
        }
    }

    /** Something has become of a run here. */
    void add(CycleFact fact) {
        members.values().forEach(untold -> untold.facts.put(fact.runId(), fact));
    }

    /** Begins the calls that are due. */
    void tell(Moment now, Cycles cycles, Effect.Sink effects) {
        members.forEach((member, untold) -> {
            if (untold.openCall != 0 || untold.facts.isEmpty() || now.nanos() < untold.againNanos) {
                return;
            }
            untold.facts
                    .values()
                    .removeIf(fact -> cycles.find(fact.task(), fact.cycle()).isEmpty());
            untold.asked = new ArrayList<>(
                    untold.facts.values().stream().limit(MOST_AT_ONCE).toList());
            if (!untold.asked.isEmpty()) {
                untold.openCall = ++count;
                effects.add(new Effect.TellCycles(count, member, untold.asked));
            }
        });
    }

    /** A call has been answered, or has failed. */
    void told(Moment now, long call, String member, boolean heard) {
        var untold = members.get(member);
        if (untold == null || untold.openCall != call) {
            return;
        }
        untold.openCall = 0;
        if (heard) {
            untold.asked.forEach(fact -> untold.facts.remove(fact.runId(), fact));
        }
        untold.againNanos = heard ? Long.MIN_VALUE : now.nanosAfterMillis(Engine.ASK_AGAIN_MILLIS);
    }

    long wakeNanos() {
        return members.values().stream()
                .filter(untold -> untold.openCall == 0 && !untold.facts.isEmpty())
                .mapToLong(untold -> untold.againNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
