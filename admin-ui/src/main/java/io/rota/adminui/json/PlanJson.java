package io.rota.adminui.json;

import io.rota.scheduler.view.PlanView;
import java.util.List;

/** What would move if one thing changed. */
public record PlanJson(String change, int tasks, int moved, List<MoveJson> moves) {

    public static PlanJson from(PlanView view) {
        return new PlanJson(
                view.change(),
                view.tasks(),
                view.moves().size(),
                view.moves().stream().map(MoveJson::from).toList());
    }

    /** One task that would move. */
    public record MoveJson(String task, String from, String to) {

        static MoveJson from(PlanView.Move view) {
            return new MoveJson(view.task(), view.from(), view.to());
        }
    }
}
