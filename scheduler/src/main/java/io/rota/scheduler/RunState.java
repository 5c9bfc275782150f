package io.rota.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of one run, from due to its terminal record. This enum is the only transition table: {@link #canBecome} is
 * asked before every change, so a run can never skip a step or leave a terminal state. docs/run-states.md is drawn from it.
 */
public enum RunState {
    DUE("The occurrence is due; nothing has been decided yet."),
    QUEUED("Waits for the runs before it."),
    SKIPPED("A rule said no; the reason is in the record."),
    CLAIMED("The arbiters granted the claim with a token; exclusive tasks only."),
    STARTING("The guard was asked to start the process."),
    RUNNING("The process is up; its pid is known."),
    STOPPING("TERM was sent; KILL follows after the grace period."),
    RETRY_WAIT("A try failed and its process is gone; the next try waits for its time."),
    SUCCEEDED("Ended by itself with a success code."),
    FAILED("Ended by itself with another code, or could not be started, and no try is left."),
    TIMED_OUT("Stopped because it ran longer than its timeout, and no try is left."),
    HANDED_OVER("Stopped so that another node may run it."),
    CANCELLED("Stopped or given up: the node may not run it any more, or another run replaces it."),
    LOST("The node, its guard or its lease was lost while the run was under way.");

    private static final Set<RunState> TERMINAL =
            EnumSet.of(SKIPPED, SUCCEEDED, FAILED, TIMED_OUT, HANDED_OVER, CANCELLED, LOST);

    private final String meaning;

    RunState(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for a person. */
    public String meaning() {
        return meaning;
    }

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
        return next().contains(next);
    }

    private Set<RunState> next() {
        return switch (this) {
            case DUE -> EnumSet.of(QUEUED, SKIPPED, CLAIMED, STARTING, CANCELLED, LOST);
            case QUEUED -> EnumSet.of(SKIPPED, CLAIMED, STARTING, CANCELLED);
            case CLAIMED -> EnumSet.of(STARTING, CANCELLED, LOST);
            case STARTING -> EnumSet.of(RUNNING, STOPPING, RETRY_WAIT, FAILED, LOST);
            case RUNNING -> EnumSet.of(STOPPING, RETRY_WAIT, SUCCEEDED, FAILED, LOST);
            case STOPPING -> EnumSet.of(RETRY_WAIT, SUCCEEDED, FAILED, TIMED_OUT, HANDED_OVER, CANCELLED, LOST);
            case RETRY_WAIT -> EnumSet.of(CLAIMED, STARTING, FAILED, TIMED_OUT, CANCELLED, LOST);
            case SKIPPED, SUCCEEDED, FAILED, TIMED_OUT, HANDED_OVER, CANCELLED, LOST -> EnumSet.noneOf(RunState.class);
        };
    }
}
