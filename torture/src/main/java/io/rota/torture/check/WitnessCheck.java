package io.rota.torture.check;

import io.rota.torture.history.Event;
import io.rota.torture.history.History;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/** The witness itself can be trusted: no line is torn, and every task has started at least once. */
final class WitnessCheck implements Check {
    @Override
    public Verdict examine(History history) {
        var violations = new ArrayList<Violation>();
        if (history.tornLines() > 0) {
            violations.add(new Violation(0, "", history.tornLines() + " torn lines"));
        }
        for (var task : history.tasks().stream().map(TaskSpec::name).toList()) {
            if (history.lines().stream()
                    .noneMatch(
                            line -> line.event() == Event.START && line.task().equals(task))) {
                violations.add(new Violation(0, "", task + " never started"));
            }
        }
        return Verdict.of("the witness is whole", history.lines().size() + " lines", List.copyOf(violations));
    }
}
