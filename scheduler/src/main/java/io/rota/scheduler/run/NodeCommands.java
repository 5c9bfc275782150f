package io.rota.scheduler.run;

import io.rota.scheduler.view.ArbiterOrder;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DoubtDecision;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.RunOrder;
import io.rota.scheduler.view.SchedulerCommands;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a node can be told, each command with the one that carries it out. Thread-safe.
 *
 * @param orders runs that are ordered
 * @param scheduler decisions about runs in doubt
 * @param arbiters changes of the list of arbiters
 * @param drains orders to drain
 * @param reloads reads this node's file again
 */
public record NodeCommands(
        RunOrders orders,
        Scheduler scheduler,
        ArbiterChanges arbiters,
        DrainOrders drains,
        Supplier<CompletableFuture<CommandOutcome>> reloads)
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
    public CompletableFuture<CommandOutcome> drain(DrainOrder order) {
        return drains.relay(order);
    }

    @Override
    public CompletableFuture<CommandOutcome> reload() {
        return reloads.get();
    }

    @Override
    public CompletableFuture<CommandOutcome> changeArbiters(ArbiterOrder order) {
        return arbiters.change(order);
    }
}
