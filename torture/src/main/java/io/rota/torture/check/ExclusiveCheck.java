package io.rota.torture.check;

import io.rota.torture.history.History;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;

/**
 * Two runs of an exclusive task never overlap: no line of a run stands behind the start of a later one. The one documented
 * exception is a grandchild whose node and guard were killed together; it is counted apart.
 */
final class ExclusiveCheck implements Check {
    @Override
    public Verdict examine(History history) {
        var violations = new ArrayList<Violation>();
        int documented = 0;
        for (var task : history.tasks().stream().filter(TaskSpec::exclusive).toList()) {
            for (var overlap : Overlap.in(history.linesOf(task))) {
                if (overlap.onlyGrandchildren()
                        && history.lostWithGuard(overlap.older().boot())) {
                    documented++;
                } else {
                    violations.add(overlap.asViolation());
                }
            }
        }
        return Verdict.of(
                "exclusive tasks never overlap",
                violations.size() + " overlaps, " + documented
                        + " more by grandchildren of a node killed with its guard (documented)",
                violations);
    }
}
