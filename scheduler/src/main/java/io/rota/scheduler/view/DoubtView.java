package io.rota.scheduler.view;

import io.rota.scheduler.RunState;
import java.time.Instant;

/**
 * A run of level once of which nobody knows whether it took effect; nothing else of its task starts before that is settled.
 *
 * @param runId the run
 * @param task task name
 * @param state {@code IN_DOUBT}, {@code PROBING} or {@code HELD}; a person is awaited when it is held
 * @param node the node that was to run it
 * @param token its fencing token
 * @param intentAt when the claim was asked for, by the clock of that node
 * @param settledBy the node that looks into it
 * @param finding what is known so far, in one sentence: the probes and how they ended
 * @param outputTail the last output that is known, of the run and of its probes; empty if there is none
 */
public record DoubtView(
        String runId,
        String task,
        RunState state,
        String node,
        long token,
        Instant intentAt,
        String settledBy,
        String finding,
        String outputTail) {}
