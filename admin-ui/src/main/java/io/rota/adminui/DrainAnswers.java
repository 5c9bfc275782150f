package io.rota.adminui;

import io.javalin.http.Context;
import io.rota.adminui.json.CommandJson;
import io.rota.adminui.json.DrainOrderJson;
import io.rota.adminui.json.NothingJson;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.SchedulerCommands;

/** Draining a node, over any other: each answer is by the node itself. Thread-safe; holds no thread while it waits. */
final class DrainAnswers {
    private final SchedulerCommands commands;

    DrainAnswers(SchedulerCommands commands) {
        this.commands = commands;
    }

    /** What draining would move, or what still has to. Changes nothing. */
    void look(Context ctx) {
        CommandAnswers.answer(ctx, commands.drain(DrainOrder.look(ctx.pathParam("name"))));
    }

    /** Drains it: {@code {"allowBlocked": true}}, optional. 202: the moves have only begun. */
    void drain(Context ctx) {
        var asked = CommandJson.read(CommandGate.body(ctx), DrainOrderJson.class);
        var order = new DrainOrder(ctx.pathParam("name"), DrainOrder.Action.DRAIN, asked.allowsBlocked());
        ctx.status(202);
        CommandAnswers.answer(ctx, commands.drain(order));
    }

    /** Has it take part again. */
    void undrain(Context ctx) {
        CommandJson.read(CommandGate.body(ctx), NothingJson.class);
        var order = new DrainOrder(ctx.pathParam("name"), DrainOrder.Action.UNDRAIN, false);
        CommandAnswers.answer(ctx, commands.drain(order));
    }
}
