package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;

/**
 * What became of one task in one cycle, as far as it is known: what the owner says to the others, so that whoever owns the
 * task next, or a task that needs it, goes on from there. Immutable.
 *
 * @param task task name
 * @param cycle see {@link RunOrigin}
 * @param bornMillis when the cycle began, epoch milliseconds
 * @param state of the task's run in this cycle; once terminal, for good
 */
public record CycleFact(String task, String cycle, long bornMillis, RunState state) {

    /** What a run says. At level once its end is still to come where this node has left it to the next owner of the task. */
    static CycleFact of(Run run, boolean isOnce) {
        var state = isOnce && run.state() == RunState.HANDED_OVER ? RunState.IN_DOUBT : run.state();
        return new CycleFact(run.task(), run.origin().cycle(), run.origin().bornMillis(), state);
    }

    /** The task at which the cycle began, given the root of this one. */
    String origin(String root) {
        return RunOrigin.orderedTask(cycle).orElse(root);
    }

    /** What cycles of one kind have in common: the task that was ordered, or nothing for instants. */
    String lineage() {
        return RunOrigin.orderedTask(cycle).orElse("");
    }

    String runId() {
        return task + "@" + cycle;
    }
}
