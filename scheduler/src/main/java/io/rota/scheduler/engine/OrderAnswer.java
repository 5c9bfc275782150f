package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;

/** What became of an order to run a task. */
public sealed interface OrderAnswer {

    /** The run has its first record, now or since an earlier order with the same key. */
    record Taken(String runId, RunState state, String reason) implements OrderAnswer {}

    /** This node cannot take it now; nothing was done. */
    record NotNow(String reason) implements OrderAnswer {}
}
