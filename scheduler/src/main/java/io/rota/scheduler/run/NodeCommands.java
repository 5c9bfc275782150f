package io.rota.scheduler.run;

import io.rota.scheduler.view.ArbiterOrder;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DoubtDecision;
import io.rota.scheduler.view.RunOrder;
import io.rota.scheduler.view.SchedulerCommands;
import java.util.concurrent.CompletableFuture;

/**
 * What a node can be told, each command with the one that carries it out. Thread-safe.
 *
 * @param orders runs that are ordered
 * @param scheduler decisions about runs in doubt
 * @param arbiters changes of the list of arbiters
 */
public record NodeCommands(RunOrders orders, Scheduler scheduler, ArbiterChanges arbiters)
        implements SchedulerCommands {
    @Override
    public CompletableFuture<CommandOutcome> run(RunOrder order) {
        return orders.run(order);
    }

    @Override
    public CompletableFuture<CommandOutcome> decide(DoubtDecision decision) {
        return scheduler.decide(decision);
    }

    @Override
    public CompletableFuture<CommandOutcome> changeArbiters(ArbiterOrder order) {
        return arbiters.change(order);
    }
}
