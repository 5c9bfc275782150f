package io.rota.adminui;

import io.rota.scheduler.RunState;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.RunOrder;
import io.rota.scheduler.view.SchedulerCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Commands that keep what they are asked and answer what the test wants. Thread-safe. */
final class FakeCommands implements SchedulerCommands {
    final List<RunOrder> orders = new CopyOnWriteArrayList<>();
    volatile CommandOutcome answer = new CommandOutcome.RunBegun("report@report~k1", "n2", RunState.STARTING, "");

    @Override
    public CompletableFuture<CommandOutcome> run(RunOrder order) {
        orders.add(order);
        return CompletableFuture.supplyAsync(() -> answer);
    }
}
