package io.rota.scheduler.view;

import java.util.concurrent.CompletableFuture;

/**
 * The only door through which the outside makes a running node do something. Any node may be asked: it hands the command
 * on to the one that has to carry it out. No call blocks; each answer comes once, also when nobody could be reached, and
 * an answer is a value: a refusal is no exception. Thread-safe.
 */
public interface SchedulerCommands {

    /**
     * Begins a run of a task that has a schedule, now, on its owner. The same key begins the same run: it may be
     * repeated without harm.
     */
    CompletableFuture<CommandOutcome> run(RunOrder order);

    /**
     * Settles a run in doubt by what a person says; answered once a majority of the books has it. The first one who
     * decides is heard, whoever comes later is refused.
     */
    CompletableFuture<CommandOutcome> decide(DoubtDecision decision);

    /**
     * Drains a node, has it take part again, or only asks how it stands. Answered by the node itself as soon as it has
     * taken that down, not when all is handed over: ask again to follow it.
     */
    CompletableFuture<CommandOutcome> drain(DrainOrder order);

    /** Has the node that is asked, and no other, read its own file again now. */
    CompletableFuture<CommandOutcome> reload();

    /**
     * Changes the list of arbiters; answered once a majority of the present list has it on disk, and a majority of the new
     * one votes or a few seconds have passed.
     */
    CompletableFuture<CommandOutcome> changeArbiters(ArbiterOrder order);
}
