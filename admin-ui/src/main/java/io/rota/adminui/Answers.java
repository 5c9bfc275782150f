package io.rota.adminui;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.rota.adminui.json.ArbitrationJson;
import io.rota.adminui.json.ClusterJson;
import io.rota.adminui.json.DoubtJson;
import io.rota.adminui.json.HealthJson;
import io.rota.adminui.json.ItemsJson;
import io.rota.adminui.json.Json;
import io.rota.adminui.json.MemberJson;
import io.rota.adminui.json.ReadyJson;
import io.rota.adminui.json.RingJson;
import io.rota.adminui.json.RunJson;
import io.rota.adminui.json.TaskJson;
import io.rota.scheduler.view.SchedulerQueries;
import io.rota.scheduler.view.TaskView;

/** One method per resource: ask the read model, answer in JSON. Thread-safe. */
final class Answers {
    private static final int DEFAULT_RUNS = 20;
    private static final int MAX_RUNS = 100;

    private final SchedulerQueries queries;

    Answers(SchedulerQueries queries) {
        this.queries = queries;
    }

    void cluster(Context ctx) {
        json(ctx, ClusterJson.from(queries.cluster()));
    }

    void arbiters(Context ctx) {
        json(ctx, ArbitrationJson.from(queries.cluster().arbitration()));
    }

    void members(Context ctx) {
        json(ctx, ItemsJson.all(queries.members().stream().map(MemberJson::from).toList()));
    }

    void tasks(Context ctx) {
        json(ctx, ItemsJson.all(queries.tasks().stream().map(TaskJson::from).toList()));
    }

    void task(Context ctx) {
        json(ctx, TaskJson.from(known(ctx.pathParam("name"))));
    }

    /** {@code ?limit=} 1..100, default 20; newest first. */
    void runs(Context ctx) {
        var task = known(ctx.pathParam("name"));
        var runs = queries.runs(task.name(), limit(ctx));
        json(ctx, ItemsJson.all(runs.stream().map(RunJson::from).toList()));
    }

    void doubts(Context ctx) {
        json(ctx, ItemsJson.all(queries.doubts().stream().map(DoubtJson::from).toList()));
    }

    void ring(Context ctx) {
        json(ctx, RingJson.from(queries.ring()));
    }

    void healthz(Context ctx) {
        json(ctx, HealthJson.OK);
    }

    void readyz(Context ctx) {
        var ready = ReadyJson.from(queries.hindrances());
        ctx.status(ready.ready() ? 200 : 503);
        json(ctx, ready);
    }

    private TaskView known(String name) {
        return queries.tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundResponse("There is no task named '" + name + "' on this node."));
    }

    private static int limit(Context ctx) {
        var text = ctx.queryParam("limit");
        if (text == null) {
            return DEFAULT_RUNS;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_RUNS) {
            throw new BadRequestResponse("limit must be a whole number from 1 to " + MAX_RUNS + ".");
        }
        return Integer.parseInt(text);
    }

    static void json(Context ctx, Object answer) {
        ctx.contentType("application/json").result(Json.bytes(answer));
    }
}
