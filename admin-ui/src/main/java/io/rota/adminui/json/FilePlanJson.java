package io.rota.adminui.json;

import io.rota.scheduler.view.FilePlanView;
import java.util.List;

/** What a task file would change. */
public record FilePlanJson(
        String node,
        boolean inForce,
        long revision,
        List<String> added,
        List<String> removed,
        List<String> restarted,
        List<String> changed,
        List<PlanJson.MoveJson> moves,
        List<DrainJson.BlockedJson> blocked) {

    /** The JSON form of a view. */
    public static FilePlanJson from(FilePlanView view) {
        return new FilePlanJson(
                view.node(),
                view.inForce(),
                view.revision(),
                view.change().added(),
                view.change().removed(),
                view.change().restarted(),
                view.change().changed(),
                view.moves().stream().map(PlanJson.MoveJson::from).toList(),
                DrainJson.blocked(view.blocked()));
    }
}
