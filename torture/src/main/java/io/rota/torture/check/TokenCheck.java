package io.rota.torture.check;

import io.rota.torture.history.Event;
import io.rota.torture.history.FaultWindow;
import io.rota.torture.history.History;
import io.rota.torture.history.Line;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;

/**
 * The tokens of an exclusive task grow strictly in the order in which its runs started. The documented exception: after
 * several nodes lost their books in one round they may begin anew; that is counted apart.
 */
final class TokenCheck implements Check {
    private static final long REST_NANOS = 60_000_000_000L;

    @Override
    public Verdict examine(History history) {
        var violations = new ArrayList<Violation>();
        int documented = 0;
        int starts = 0;
        for (var task : history.tasks().stream().filter(TaskSpec::exclusive).toList()) {
            long last = 0;
            for (var line : history.linesOf(task).stream()
                    .filter(line -> line.event() == Event.START)
                    .toList()) {
                starts++;
                if (line.token() <= last) {
                    if (line.token() > 0 && booksWereLost(history, line)) {
                        documented++;
                    } else {
                        violations.add(new Violation(
                                line.atNanos(),
                                line.node(),
                                task.name() + ": token " + line.token() + " after token " + last));
                    }
                }
                last = line.token();
            }
        }
        return Verdict.of(
                "tokens only grow",
                starts + " starts, " + violations.size() + " regressions, " + documented
                        + " more after the books were lost (documented)",
                violations);
    }

    private static boolean booksWereLost(History history, Line line) {
        return history.faults().stream()
                .filter(window -> line.atNanos() >= window.startNanos()
                        && line.atNanos() <= history.calmAfter(window, REST_NANOS))
                .anyMatch(window -> losersOf(history, window.round()) > 1);
    }

    private static long losersOf(History history, int round) {
        return history.faults().stream()
                .filter(window -> window.round() == round && window.carriedOut())
                .map(FaultWindow::fault)
                .filter(fault -> fault.kind().losesMemory())
                .flatMap(fault -> fault.victims().stream())
                .distinct()
                .count();
    }
}
