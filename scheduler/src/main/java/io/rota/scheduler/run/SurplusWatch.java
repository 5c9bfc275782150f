package io.rota.scheduler.run;

import io.rota.scheduler.RunState;
import io.rota.scheduler.engine.Engine;
import io.rota.scheduler.engine.Phase;
import io.rota.scheduler.peer.NodeReport.TaskReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds copies that a healed partition has left: services that run on this node though it does not own them, while their
 * owner reports that it runs them too. Not thread-safe.
 */
final class SurplusWatch {
    /** Reports are up to a second old: the owner's may be from before it handed the task over. */
    static final long CONFIRM_NANOS = 2_000_000_000L;

    private final Map<String, Long> sinceNanos = new HashMap<>();

    /** Those of the tasks that have been surplus for long enough, without a break. */
    Set<String> confirmed(long nowNanos, Set<String> surplus) {
        sinceNanos.keySet().retainAll(surplus);
        surplus.forEach(task -> sinceNanos.putIfAbsent(task, nowNanos));
        return surplus.stream()
                .filter(task -> nowNanos - sinceNanos.getOrDefault(task, nowNanos) >= CONFIRM_NANOS)
                .collect(Collectors.toSet());
    }

    /**
     * Tasks whose copy here is one too many.
     *
     * @param reportsOf what each other live member says about a task
     */
    static Set<String> surplus(
            List<Engine.Standing> standings, ClusterRing ring, Function<String, Map<String, TaskReport>> reportsOf) {
        var found = new TreeSet<String>();
        for (var standing : standings) {
            var name = standing.task().name();
            boolean runsHere = standing.phase() == Phase.RUNNING || standing.phase() == Phase.STARTING;
            if (runsHere && !standing.owned() && standing.task().isService() && runsOnOwner(name, ring, reportsOf)) {
                found.add(name);
            }
        }
        return found;
    }

    private static boolean runsOnOwner(
            String task, ClusterRing ring, Function<String, Map<String, TaskReport>> reportsOf) {
        var report = ring.placement()
                .ownerOf(task)
                .map(owner -> reportsOf.apply(task).get(owner));
        return report.isPresent() && report.get().runs().stream().anyMatch(run -> run.state() == RunState.RUNNING);
    }
}
