package io.rota.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of one run, from due to its terminal record. This enum is the only transition table: {@link #canBecome} is
 * asked before every change, so a run can never skip a step or leave a terminal state.
 */
public enum RunState {
    /** The occurrence is due; nothing has been decided yet. */
    DUE,
    /** A rule said no (reason in the record); terminal. */
    SKIPPED,
    /** The arbiters granted the claim with a token; exclusive tasks only. */
    CLAIMED,
    /** The guard was asked to start the process. */
    STARTING,
    /** The process is up; its pid is known. */
    RUNNING,
    /** TERM was sent; KILL follows after the grace period. */
    STOPPING,
    /** Ended by itself with a success code; terminal. */
    SUCCEEDED,
    /** Ended by itself with another code, or could not be started; terminal. */
    FAILED,
    /** Stopped so that another node may run it; terminal. */
    HANDED_OVER,
    /** Stopped because the node was asked to stop or the definition went away; terminal. */
    CANCELLED,
    /** The node or its lease was lost while the run was under way; terminal, written by whoever takes over. */
    LOST;

    private static final Set<RunState> TERMINAL = EnumSet.of(SKIPPED, SUCCEEDED, FAILED, HANDED_OVER, CANCELLED, LOST);

    /** True for a state that no run ever leaves. */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }

    /** True if a process may exist in this state. */
    public boolean isActive() {
        return this == STARTING || this == RUNNING || this == STOPPING;
    }

    /** The transition table. */
    public boolean canBecome(RunState next) {
        return switch (this) {
            case DUE -> next == SKIPPED || next == CLAIMED || next == STARTING || next == CANCELLED;
            case CLAIMED -> next == STARTING || next == CANCELLED || next == LOST;
            case STARTING -> next == RUNNING || next == STOPPING || next == FAILED || next == LOST;
            case RUNNING -> next == STOPPING || next == SUCCEEDED || next == FAILED || next == LOST;
            case STOPPING -> next.isTerminal() && next != SKIPPED;
            case SKIPPED, SUCCEEDED, FAILED, HANDED_OVER, CANCELLED, LOST -> false;
        };
    }
}
