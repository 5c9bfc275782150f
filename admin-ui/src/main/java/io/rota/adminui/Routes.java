package io.rota.adminui;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.rota.adminui.json.CommandJson;
import io.rota.scheduler.view.SchedulerCommands;
import io.rota.scheduler.view.SchedulerQueries;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two tables of routes, and what holds for all of them: what is read is GET, what changes something is POST. */
final class Routes {
    static final String API = "/api/v1";

    private Routes() {}

    /** Path to handler, in the order of the documentation. */
    static Map<String, Handler> table(SchedulerQueries queries, SchedulerCommands commands, EventHub hub) {
        var answers = new Answers(queries);
        var plans = new PlanAnswers(queries);
        var table = new LinkedHashMap<String, Handler>();
        table.put(API + "/cluster", answers::cluster);
        table.put(API + "/arbiters", answers::arbiters);
        table.put(API + "/members", answers::members);
        table.put(API + "/tasks", answers::tasks);
        table.put(API + "/tasks/{name}", answers::task);
        table.put(API + "/tasks/{name}/runs", answers::runs);
        table.put(API + "/tasks/{name}/why", plans::why);
        table.put(API + "/in-doubt", answers::doubts);
        table.put(API + "/ring", answers::ring);
        table.put(API + "/ring/plan", plans::plan);
        table.put(API + "/nodes/{name}/drain", new DrainAnswers(commands)::look);
        table.put(API + "/events", ctx -> EventRequest.open(ctx, hub));
        table.put("/healthz", answers::healthz);
        table.put("/readyz", answers::readyz);
        return table;
    }

    /** Commands: path to handler. Each passes {@link CommandGate} first. */
    static Map<String, Handler> commands(SchedulerQueries queries, SchedulerCommands commands) {
        var answers = new CommandAnswers(commands);
        var drains = new DrainAnswers(commands);
        var table = new LinkedHashMap<String, Handler>();
        table.put(API + "/nodes/{name}/drain", drains::drain);
        table.put(API + "/nodes/{name}/undrain", drains::undrain);
        table.put(API + "/reload", answers::reload);
        table.put(API + "/plan", new PlanAnswers(queries)::planFile);
        table.put(API + "/tasks/{name}/runs", answers::run);
        table.put(API + "/tasks/{name}/runs/{run}/decision", answers::decide);
        table.put(API + "/arbiters", answers::changeArbiters);
        return table;
    }

    static void addTo(JavalinConfig config, SchedulerQueries queries, SchedulerCommands commands, EventHub hub) {
        config.http.prefer405over404 = true;
        config.router.ignoreTrailingSlashes = false;
        config.resourceHandler(new WebFiles());
        config.routes.before(Routes::always);
        table(queries, commands, hub).forEach(config.routes::get);
        commands(queries, commands)
                .forEach((path, handler) -> config.routes.post(path, ctx -> {
                    CommandGate.require(ctx);
                    handler.handle(ctx);
                }));
        config.routes.exception(CommandJson.NotACommandException.class, Problems::answerUnreadable);
        config.routes.exception(HttpResponseException.class, Problems::answer);
        config.routes.exception(Exception.class, Problems::answerUnforeseen);
    }

    private static void always(Context ctx) {
        SafetyHeaders.ALL.forEach(ctx::header);
        HostCheck.require(ctx);
    }
}
