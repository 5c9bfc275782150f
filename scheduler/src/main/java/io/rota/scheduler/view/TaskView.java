package io.rota.scheduler.view;

import io.rota.scheduler.Guarantee;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task: who should run it, who does, and why it does not if it does not.
 *
 * @param name task name
 * @param kind {@code service}, {@code every}, {@code cron} or {@code at}
 * @param schedule in words, e.g. {@code runs for ever} or {@code every 5s}
 * @param guarantee level
 * @param state one word for the table, see {@link State}
 * @param reason one sentence behind the state, empty when there is nothing to say
 * @param owner the node the ring gives it, empty if none is eligible
 * @param standbys the next owners in order
 * @param runningOn nodes that report a process of it; more than one is an alarm
 * @param current the run under way or the latest one known; null when it never ran while this node looked
 * @param nextDue when it is due next; null for a service
 */
public record TaskView(
        String name,
        String kind,
        String schedule,
        Guarantee guarantee,
        State state,
        String reason,
        String owner,
        List<String> standbys,
        List<String> runningOn,
        @Nullable RunView current,
        @Nullable Instant nextDue) {
    public TaskView {
        standbys = List.copyOf(standbys);
        runningOn = List.copyOf(runningOn);
    }

    /** The task's condition in one word. */
    public enum State {
        /** A process of it is up on its owner. */
        RUNNING,
        /** Waits for its next due time; all is well. */
        WAITING,
        /** Its owner is about to start it or is asking for it (hand-over, claim). */
        STARTING,
        /** It is being stopped on a node. */
        STOPPING,
        /** It ended badly and waits before its next start. */
        BACKOFF,
        /** It ended and will not be started again: by {@code restart: never}, or because it is never due again. */
        FINISHED,
        /** Nobody knows whether a run of it took effect; a probe or a person must say before anything of it runs. */
        IN_DOUBT,
        /** It cannot run now; the reason says why. */
        BLOCKED,
        /** Two nodes report a process of it. */
        DOUBLE_RUN,
        /** Its owner has not reported yet. */
        UNKNOWN
    }
}
