package io.rota.scheduler.view;

import io.rota.scheduler.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task.
 *
 * @param runId {@code task@cycle}, unique on its node
 * @param task task name
 * @param node where it ran
 * @param state where it stands
 * @param reason why it was skipped, stopped or lost; empty otherwise
 * @param due when it was due
 * @param startedAt when its process came up; null before that
 * @param endedAt when it reached its terminal state; null before that
 * @param exitCode exit code of the process; null while it has none
 * @param token fencing token; null at level ring
 * @param pid process id on its node; null before the start
 * @param outputTail the last output, at most 16 KiB
 */
public record RunView(
        String runId,
        String task,
        String node,
        RunState state,
        String reason,
        Instant due,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode,
        @Nullable Long token,
        @Nullable Long pid,
        String outputTail) {}
