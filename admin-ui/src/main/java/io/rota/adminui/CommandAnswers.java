package io.rota.adminui;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.rota.adminui.json.ArbiterOrderJson;
import io.rota.adminui.json.ArbitersChangedJson;
import io.rota.adminui.json.CommandJson;
import io.rota.adminui.json.DecidedJson;
import io.rota.adminui.json.DecisionJson;
import io.rota.adminui.json.DrainJson;
import io.rota.adminui.json.NothingJson;
import io.rota.adminui.json.ReloadedJson;
import io.rota.adminui.json.RunBegunJson;
import io.rota.adminui.json.RunOrderJson;
import io.rota.scheduler.view.ArbiterOrder;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DoubtDecision;
import io.rota.scheduler.view.RunOrder;
import io.rota.scheduler.view.SchedulerCommands;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One method per command: read it, hand it on, answer what became of it. Thread-safe; holds no thread while it waits. */
final class CommandAnswers {
    private final SchedulerCommands commands;

    CommandAnswers(SchedulerCommands commands) {
        this.commands = commands;
    }

    /**
     * Begins a run of the task: {@code {"key": "...", "params": {"name": "value"}}}, both optional. 202 with the run; the
     * same key gives the same run.
     */
    void run(Context ctx) {
        var asked = CommandJson.read(CommandGate.body(ctx), RunOrderJson.class);
        RunOrder order;
        try {
            var key = asked.key() == null ? UUID.randomUUID().toString() : asked.key();
            order = new RunOrder(ctx.pathParam("name"), key, asked.paramsInOrder());
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage() + ".");
        }
        answer(ctx, commands.run(order));
    }

    /**
     * Settles a run in doubt: {@code {"decision": "done|not_done|abandon", "reason": "...", "by": "..."}}; {@code by} is
     * optional. 200 once a majority of the books has it.
     */
    void decide(Context ctx) {
        var said = CommandJson.read(CommandGate.body(ctx), DecisionJson.class);
        DoubtDecision decision;
        try {
            decision = new DoubtDecision(
                    ctx.pathParam("name"),
                    ctx.pathParam("run"),
                    said.verdict(),
                    said.reason() == null ? "" : said.reason(),
                    said.by() == null ? "somebody at " + ctx.ip() : said.by());
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage() + ".");
        }
        answer(ctx, commands.decide(decision));
    }

    /** Has this node read its own file again: an empty object. 200 with what that changes, 409 with all that is wrong. */
    void reload(Context ctx) {
        CommandJson.read(CommandGate.body(ctx), NothingJson.class);
        answer(ctx, commands.reload());
    }

    /**
     * Changes the list of arbiters: {@code {"replace": "n1", "add": ["n4"], "reason": "...", "by": "..."}}; without
     * {@code replace} the list grows. 200 once a majority of the present list has decided it.
     */
    void changeArbiters(Context ctx) {
        var said = CommandJson.read(CommandGate.body(ctx), ArbiterOrderJson.class);
        ArbiterOrder order;
        try {
            order = said.order("somebody at " + ctx.ip());
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage() + ".");
        }
        answer(ctx, commands.changeArbiters(order));
    }

    static void answer(Context ctx, CompletableFuture<CommandOutcome> outcome) {
        ctx.future(() -> outcome.thenAccept(done -> {
            if (done instanceof CommandOutcome.RunBegun begun) {
                ctx.status(202);
                Answers.json(ctx, RunBegunJson.from(begun));
            } else if (done instanceof CommandOutcome.Decided decided) {
                Answers.json(ctx, DecidedJson.from(decided));
            } else if (done instanceof CommandOutcome.DrainStands stands) {
                Answers.json(ctx, DrainJson.from(stands.view()));
            } else if (done instanceof CommandOutcome.Reloaded reloaded) {
                Answers.json(ctx, ReloadedJson.from(reloaded));
            } else if (done instanceof CommandOutcome.ReloadRefused refused) {
                Problems.answerErrors("The file cannot be used: the tasks stay as they were.", refused.problems(), ctx);
            } else if (done instanceof CommandOutcome.ArbitersChanged changed) {
                Answers.json(ctx, ArbitersChangedJson.from(changed));
            } else if (done instanceof CommandOutcome.Refused refused) {
                throw new HttpResponseException(status(refused.cause()), refused.reason() + ".", Map.of());
            } else {
                throw new IllegalStateException("no answer for " + done);
            }
        }));
    }

    private static int status(CommandOutcome.Cause cause) {
        return switch (cause) {
            case UNKNOWN -> 404;
            case INVALID -> 400;
            case CONFLICT -> 409;
            case UNAVAILABLE -> 503;
        };
    }
}
