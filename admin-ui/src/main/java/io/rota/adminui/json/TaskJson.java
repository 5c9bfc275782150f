package io.rota.adminui.json;

import io.rota.scheduler.view.TaskView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task: who should run it, who does, and why it does not if it does not. {@code state} is lower case. */
public record TaskJson(
        String name,
        String kind,
        String schedule,
        String guarantee,
        String state,
        String reason,
        String owner,
        List<String> standbys,
        List<String> runningOn,
        @Nullable RunJson current,
        @Nullable String nextDue) {

    /** The JSON form of a view. */
    public static TaskJson from(TaskView view) {
        var current = view.current();
        var nextDue = view.nextDue();
        return new TaskJson(
                view.name(),
                view.kind(),
                view.schedule(),
                Json.word(view.guarantee()),
                Json.word(view.state()),
                view.reason(),
                view.owner(),
                view.standbys(),
                view.runningOn(),
                current == null ? null : RunJson.mention(current),
                nextDue == null ? null : nextDue.toString());
    }
}
