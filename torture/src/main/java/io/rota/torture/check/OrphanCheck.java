package io.rota.torture.check;

import io.rota.torture.history.History;
import io.rota.torture.history.Line;
import io.rota.torture.history.NodeLife;
import io.rota.torture.history.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;

/**
 * No process of a task outlives its node by more than the lease of 6 s and 3 s of margin. The documented exception: a
 * grandchild whose node and guard were killed together.
 */
final class OrphanCheck implements Check {
    private static final long LIMIT_NANOS = 9_000_000_000L;

    @Override
    public Verdict examine(History history) {
        var roots = new HashSet<Long>();
        history.lines().stream().map(Line::rootPid).forEach(roots::add);
        var worst = new HashMap<Long, Sighting>();
        history.nodes().sightings().forEach(sighting -> worst.put(sighting.pid(), sighting));
        var violations = new ArrayList<Violation>();
        int documented = 0;
        for (var sighting : worst.values()) {
            var life = history.lifeOf(sighting.boot());
            long since =
                    life.map(found -> sighting.atNanos() - found.endNanos()).orElse(0L);
            if (since > LIMIT_NANOS) {
                boolean grandchild = !roots.contains(sighting.pid());
                if (grandchild && life.get().end() == NodeLife.End.KILLED_WITH_GUARD) {
                    documented++;
                } else {
                    violations.add(new Violation(
                            sighting.atNanos(),
                            sighting.node(),
                            "pid " + sighting.pid() + " of " + sighting.task() + " lives " + since / 1_000_000
                                    + " ms after its node's end"));
                }
            }
        }
        return Verdict.of(
                "no process outlives its node",
                violations.size() + " orphans, " + documented
                        + " more by grandchildren of a node killed with its guard (documented)",
                violations);
    }
}
