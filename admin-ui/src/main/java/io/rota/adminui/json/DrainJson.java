package io.rota.adminui.json;

import io.rota.scheduler.view.DrainView;
import java.util.List;

/** How a node stands with draining; {@code blocked} are the tasks that no other node may run. */
public record DrainJson(
        String node,
        boolean draining,
        boolean mayLeave,
        List<PlanJson.MoveJson> moves,
        List<BlockedJson> blocked,
        List<String> running) {

    /** The JSON form of a view. */
    public static DrainJson from(DrainView view) {
        return new DrainJson(
                view.node(),
                view.draining(),
                view.mayLeave(),
                view.moves().stream().map(PlanJson.MoveJson::from).toList(),
                blocked(view.blocked()),
                view.running());
    }

    static List<BlockedJson> blocked(List<DrainView.Blocked> tasks) {
        return tasks.stream()
                .map(task -> new BlockedJson(task.task(), task.reason()))
                .toList();
    }

    /** One task that has nowhere to go. */
    public record BlockedJson(String task, String reason) {}
}
