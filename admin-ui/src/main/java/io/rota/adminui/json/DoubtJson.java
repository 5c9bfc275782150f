package io.rota.adminui.json;

import io.rota.scheduler.view.DoubtView;

/** A run in doubt; {@code state} is {@code in_doubt}, {@code probing} or {@code held}, and a person is awaited when it is held. */
public record DoubtJson(
        String runId,
        String task,
        String state,
        String node,
        long token,
        String intentAt,
        String settledBy,
        String finding,
        String outputTail) {

    /** The JSON form of a view. */
    public static DoubtJson from(DoubtView view) {
        return new DoubtJson(
                view.runId(),
                view.task(),
                Json.word(view.state()),
                view.node(),
                view.token(),
                view.intentAt().toString(),
                view.settledBy(),
                view.finding(),
                view.outputTail());
    }
}
