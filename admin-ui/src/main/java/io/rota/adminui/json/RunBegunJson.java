package io.rota.adminui.json;

import io.rota.scheduler.view.CommandOutcome;

/** A run that was ordered, as it stood when the order was answered. */
public record RunBegunJson(String runId, String node, String state, boolean terminal, String reason) {

    /** The JSON form of an outcome. */
    public static RunBegunJson from(CommandOutcome.RunBegun begun) {
        return new RunBegunJson(
                begun.runId(),
                begun.node(),
                Json.word(begun.state()),
                begun.state().isTerminal(),
                begun.reason());
    }
}
