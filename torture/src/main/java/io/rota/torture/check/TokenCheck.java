package io.rota.torture.check;

import io.rota.torture.history.Event;
import io.rota.torture.history.History;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;

/** The tokens of an exclusive task grow strictly in the order in which its runs started, over restarts of all nodes too. */
final class TokenCheck implements Check {
    @Override
    public Verdict examine(History history) {
        var violations = new ArrayList<Violation>();
        int starts = 0;
        for (var task : history.tasks().stream().filter(TaskSpec::exclusive).toList()) {
            long last = 0;
            for (var line : history.linesOf(task).stream()
                    .filter(line -> line.event() == Event.START)
                    .toList()) {
                starts++;
                if (line.token() <= last) {
                    violations.add(new Violation(
                            line.atNanos(),
                            line.node(),
                            task.name() + ": token " + line.token() + " after token " + last));
                }
                last = line.token();
            }
        }
        return Verdict.of("tokens only grow", starts + " starts, " + violations.size() + " regressions", violations);
    }
}
