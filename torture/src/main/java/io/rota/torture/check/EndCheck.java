package io.rota.torture.check;

import io.rota.torture.history.History;
import io.rota.torture.history.NodeLife;
import java.util.ArrayList;

/** A node ends only when it is killed or told to, and one that is told to ends with exit code 0. */
final class EndCheck implements Check {
    @Override
    public Verdict examine(History history) {
        var violations = new ArrayList<Violation>();
        for (var life : history.nodes().lives()) {
            if (life.end() == NodeLife.End.UNASKED) {
                violations.add(new Violation(
                        life.endNanos(),
                        life.node(),
                        life.node() + " ended by itself with " + life.exitCode().orElse(-1)));
            } else if (life.end() == NodeLife.End.TOLD && life.exitCode().orElse(-1) != 0) {
                violations.add(new Violation(
                        life.endNanos(),
                        life.node(),
                        life.node() + " was told to end and did so with "
                                + life.exitCode().orElse(-1)));
            }
        }
        return Verdict.of(
                "nodes end only when they are to, and well",
                history.nodes().lives().size() + " lives of nodes",
                violations);
    }
}
