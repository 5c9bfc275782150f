package io.rota.scheduler.view;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskFileChange;
import java.util.List;

/** What became of a command. */
public sealed interface CommandOutcome {

    /**
     * The run has its first record.
     *
     * @param runId by which it is found again
     * @param node where it runs, waits, or was skipped
     * @param state where it stood when this was answered
     * @param reason why it waits or was skipped; empty otherwise
     */
    record RunBegun(String runId, String node, RunState state, String reason) implements CommandOutcome {}

    /**
     * The decision is on a majority of the books.
     *
     * @param state what the run has become: {@code RESOLVED_DONE}, {@code RESOLVED_NOT_DONE} or {@code ABANDONED}
     */
    record Decided(String runId, RunState state) implements CommandOutcome {}

    /** How the node stands with draining, once it has done what it was told. */
    record DrainStands(DrainView view) implements CommandOutcome {}

    /**
     * The node has read its own file again and works by it.
     *
     * @param change what that changes; nothing if the tasks are the same
     * @param revision of the file
     * @param needsRestart true if the file differs in more than tasks, which a restart takes over
     */
    record Reloaded(TaskFileChange change, long revision, boolean needsRestart) implements CommandOutcome {}

    /** The file cannot be used and what was read before stays in force; each problem in one line, with its place. */
    record ReloadRefused(List<String> problems) implements CommandOutcome {
        public ReloadRefused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The list of arbiters is changed for good.
     *
     * @param epoch number of the new list
     * @param arbiters who they are now
     * @param note what is still to come, for a person; empty if a majority of the new list votes already
     */
    record ArbitersChanged(long epoch, List<String> arbiters, String note) implements CommandOutcome {
        public ArbitersChanged {
            arbiters = List.copyOf(arbiters);
        }
    }

    /** Nothing was done; the reason is for a person and names the way out. */
    record Refused(Cause cause, String reason) implements CommandOutcome {}

    /** Why nothing was done. */
    enum Cause {
        /** What the command is about does not exist. */
        UNKNOWN,
        /** The command makes no sense as it was given; it never will. */
        INVALID,
        /** It makes no sense in the present state. */
        CONFLICT,
        /** Who has to carry it out cannot do so now, or could not be reached: the same command may succeed later. */
        UNAVAILABLE
    }
}
