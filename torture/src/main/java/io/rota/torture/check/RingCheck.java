package io.rota.torture.check;

import io.rota.torture.history.FaultWindow;
import io.rota.torture.history.History;
import java.util.ArrayList;

/**
 * A ring task runs twice at most while a fault keeps nodes from seeing each other, and until the cluster has come to rest
 * after it. All overlaps are counted; one without such a fault is a violation.
 */
final class RingCheck implements Check {
    private static final long REST_NANOS = 60_000_000_000L;

    @Override
    public Verdict examine(History history) {
        var violations = new ArrayList<Violation>();
        int allowed = 0;
        long worstMillis = 0;
        for (var task :
                history.tasks().stream().filter(task -> !task.exclusive()).toList()) {
            for (var overlap : Overlap.in(history.linesOf(task))) {
                if (isAllowed(history, overlap)) {
                    allowed++;
                    worstMillis = Math.max(worstMillis, overlap.millis());
                } else {
                    violations.add(overlap.asViolation());
                }
            }
        }
        return Verdict.of(
                "ring tasks overlap only while nodes cannot see each other",
                violations.size() + " without cause, " + allowed + " allowed, the longest of " + worstMillis + " ms",
                violations);
    }

    private static boolean isAllowed(History history, Overlap overlap) {
        boolean grandchild = overlap.onlyGrandchildren()
                && history.lostWithGuard(overlap.older().boot());
        return grandchild
                || history.faults().stream()
                        .filter(FaultWindow::carriedOut)
                        .filter(window -> window.fault().kind().blinds())
                        .anyMatch(window -> overlap.newer().atNanos() >= window.startNanos()
                                && overlap.newer().atNanos() <= history.calmAfter(window, REST_NANOS));
    }
}
