package io.rota.adminui.json;

import io.rota.scheduler.view.CommandOutcome;

/** A decision that is on a majority of the books. */
public record DecidedJson(String runId, String state) {

    /** The JSON form of an outcome. */
    public static DecidedJson from(CommandOutcome.Decided decided) {
        return new DecidedJson(decided.runId(), Json.word(decided.state()));
    }
}
