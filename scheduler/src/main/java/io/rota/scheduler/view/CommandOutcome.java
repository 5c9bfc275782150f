package io.rota.scheduler.view;

import io.rota.scheduler.RunState;
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
