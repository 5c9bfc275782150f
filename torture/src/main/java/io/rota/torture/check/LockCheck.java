package io.rota.torture.check;

import io.rota.torture.history.History;
import java.util.List;

/**
 * After the last round the Hazelcast CP group comes back on every arbiter. Without it the books decide alone, so nothing
 * unsafe happens while it is away; but it must not stay away.
 */
final class LockCheck implements Check {
    private static final String NAME = "the lock group comes back";

    @Override
    public Verdict examine(History history) {
        if (history.locks().isEmpty()) {
            return Verdict.skipped(NAME, "the run ended before");
        }
        var locks = history.locks().get();
        long millis = (locks.untilNanos() - locks.fromNanos()) / 1_000_000;
        return Verdict.of(
                NAME,
                (locks.done() ? "ready " : "not ready ") + millis + " ms after the last rest",
                locks.done() ? List.of() : List.of(new Violation(locks.untilNanos(), "", locks.missing())));
    }
}
