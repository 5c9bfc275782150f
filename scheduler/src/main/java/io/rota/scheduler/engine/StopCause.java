package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;

/** Why this node stops a run, and so how the run's record ends. */
enum StopCause {
    YIELD(RunState.HANDED_OVER, "its new owner asked for it"),
    SURPLUS(RunState.HANDED_OVER, "DOUBLE_RUN: its owner runs it too"),
    DRAINED(RunState.HANDED_OVER, "the node drains, and no other is eligible"),
    TIMEOUT(RunState.TIMED_OUT, "it ran longer than its timeout"),
    REPLACED(RunState.CANCELLED, "the next occurrence replaces it (overlap: replace)"),
    REMOVED(RunState.CANCELLED, "the task file in force does not hold it any more"),
    CHANGED(RunState.CANCELLED, "its definition has changed"),
    CLOSING(RunState.HANDED_OVER, "the node stops"),
    LEASE(RunState.LOST, "the node's lease could not be renewed");

    private final RunState terminal;
    private final String reason;

    StopCause(RunState terminal, String reason) {
        this.terminal = terminal;
        this.reason = reason;
    }

    RunState terminal() {
        return terminal;
    }

    String reason() {
        return reason;
    }
}
