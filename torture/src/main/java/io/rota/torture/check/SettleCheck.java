package io.rota.torture.check;

import io.rota.torture.history.History;
import io.rota.torture.history.Settle;

/**
 * Within the limit after a round's last heal every node sees every node, views and rings are equal, all books vote, and each
 * task runs once.
 */
final class SettleCheck implements Check {
    @Override
    public Verdict examine(History history) {
        var violations = history.settles().stream()
                .filter(settle -> !settle.done())
                .map(settle -> new Violation(
                        settle.untilNanos(),
                        "",
                        (settle.round() == 0 ? "after the start" : "after round " + settle.round()) + ": "
                                + settle.missing()))
                .toList();
        long slowest = history.settles().stream()
                .filter(Settle::done)
                .mapToLong(settle -> settle.untilNanos() - settle.fromNanos())
                .max()
                .orElse(0);
        return Verdict.of(
                "after the last heal all tasks run and all nodes agree",
                history.settles().size() + " times, the slowest took " + slowest / 1_000_000 + " ms",
                violations);
    }
}
