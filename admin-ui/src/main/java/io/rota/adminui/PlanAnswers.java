package io.rota.adminui;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.rota.adminui.json.CommandJson;
import io.rota.adminui.json.FileOutlineJson;
import io.rota.adminui.json.FilePlanJson;
import io.rota.adminui.json.PlanJson;
import io.rota.adminui.json.WhyJson;
import io.rota.scheduler.view.PlanView;
import io.rota.scheduler.view.SchedulerQueries;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers why a task is where it is, and what would move. Immutable; thread-safe. */
final class PlanAnswers {
    /** Room for some ten thousand tasks. */
    private static final int MAX_FILE_BYTES = 4 << 20;

    private static final int MAX_WEIGHT_MILLI = 100_000;

    private final SchedulerQueries queries;

    PlanAnswers(SchedulerQueries queries) {
        this.queries = queries;
    }

    void why(Context ctx) {
        var name = ctx.pathParam("name");
        var why = queries.why(name)
                .orElseThrow(() -> new NotFoundResponse("There is no task named '" + name + "' on this node."));
        Answers.json(ctx, WhyJson.from(why));
    }

    /** {@code ?without=NODE}, {@code ?with=NODE}, or {@code ?node=NODE&weight=2.0}. */
    void plan(Context ctx) {
        var plan = asked(ctx)
                .orElseThrow(() -> new NotFoundResponse("No such node on the ring (for with: no such member off it)."));
        Answers.json(ctx, PlanJson.from(plan));
    }

    /**
     * What a task file would change: {@code {"revision": 8, "tasks": [{"name", "fingerprint", "process", "tags"}]}}. A
     * question, sent as a command since no URL is long enough; nothing of it can be run.
     */
    void planFile(Context ctx) {
        var asked = CommandJson.read(CommandGate.body(ctx, MAX_FILE_BYTES), FileOutlineJson.class);
        try {
            Answers.json(ctx, FilePlanJson.from(queries.planFile(asked.outline())));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage() + ".");
        }
    }

    private Optional<PlanView> asked(Context ctx) {
        var without = ctx.queryParam("without");
        var with = ctx.queryParam("with");
        var node = ctx.queryParam("node");
        if (without != null && with == null && node == null) {
            return queries.planWithout(without);
        }
        if (with != null && without == null && node == null) {
            return queries.planWith(with);
        }
        if (node != null && without == null && with == null) {
            return queries.planWeight(node, weightMilli(ctx.queryParam("weight")));
        }
        throw new BadRequestResponse("Ask for one change: ?without=NODE, ?with=NODE, or ?node=NODE&weight=2.0.");
    }

    private static int weightMilli(@Nullable String text) {
        int milli = 0;
        try {
            milli = new BigDecimal(text == null ? "" : text).movePointRight(3).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            // Falls through to the answer below, which covers both: no number, and one out of range.
        }
        if (milli < 1 || milli > MAX_WEIGHT_MILLI) {
            throw new BadRequestResponse("weight must be a number from 0.001 to 100.");
        }
        return milli;
    }
}
