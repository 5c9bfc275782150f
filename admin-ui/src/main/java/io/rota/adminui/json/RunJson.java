package io.rota.adminui.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rota.scheduler.view.RunView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run. {@code outputTail} is absent where a run is only mentioned (a task's {@code current}); ask for the task's
 * runs to read it.
 */
public record RunJson(
        String runId,
        String task,
        String node,
        String state,
        boolean terminal,
        String reason,
        String due,
        @Nullable String startedAt,
        @Nullable String endedAt,
        @Nullable Integer exitCode,
        @Nullable Long token,
        @Nullable Long pid,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String outputTail) {

    /** The JSON form of a view, with its output. */
    public static RunJson from(RunView view) {
        return of(view, view.outputTail());
    }

    static RunJson mention(RunView view) {
        return of(view, null);
    }

    private static RunJson of(RunView view, @Nullable String outputTail) {
        return new RunJson(
                view.runId(),
                view.task(),
                view.node(),
                Json.word(view.state()),
                view.state().isTerminal(),
                view.reason(),
                view.due().toString(),
                text(view.startedAt()),
                text(view.endedAt()),
                view.exitCode(),
                view.token(),
                view.pid(),
                outputTail);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
