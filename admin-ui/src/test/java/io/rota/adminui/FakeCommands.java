package io.rota.adminui;

import io.rota.scheduler.RunState;
import io.rota.scheduler.view.ArbiterOrder;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DoubtDecision;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.RunOrder;
import io.rota.scheduler.view.SchedulerCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Commands that keep what they are asked and answer what the test wants. Thread-safe. */
final class FakeCommands implements SchedulerCommands {
    final List<RunOrder> orders = new CopyOnWriteArrayList<>();
    volatile CommandOutcome answer = new CommandOutcome.RunBegun("report@report~k1", "n2", RunState.STARTING, "");

    final List<DrainOrder> drains = new CopyOnWriteArrayList<>();
    final List<DoubtDecision> decisions = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<CommandOutcome> decide(DoubtDecision decision) {
        decisions.add(decision);
        return CompletableFuture.supplyAsync(() -> answer);
    }

    final List<ArbiterOrder> arbiterOrders = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<CommandOutcome> changeArbiters(ArbiterOrder order) {
        arbiterOrders.add(order);
        return CompletableFuture.supplyAsync(() -> answer);
    }

    @Override
    public CompletableFuture<CommandOutcome> drain(DrainOrder order) {
        drains.add(order);
        return CompletableFuture.supplyAsync(() -> answer);
    }

    @Override
    public CompletableFuture<CommandOutcome> reload() {
        return CompletableFuture.supplyAsync(() -> answer);
    }

    @Override
    public CompletableFuture<CommandOutcome> run(RunOrder order) {
        orders.add(order);
        return CompletableFuture.supplyAsync(() -> answer);
    }
}
