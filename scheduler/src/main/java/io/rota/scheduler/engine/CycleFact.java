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

    static CycleFact of(Run run) {
        return new CycleFact(run.task(), run.origin().cycle(), run.origin().bornMillis(), run.state());
    }

    /** The task at which the cycle began, given the root of this one. */
    String origin(String root) {
        return RunOrigin.orderedTask(cycle).orElse(root);
    }

    String runId() {
        return task + "@" + cycle;
    }
}
