package io.rota.scheduler;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The life of one run, from due to its terminal record. This enum is the only transition table: {@link #canBecome} is
 * asked before every change, so a run can never skip a step or leave a terminal state. docs/run-states.md is drawn from it.
 */
public enum RunState {
    DUE("The occurrence is due; nothing has been decided yet."),
    QUEUED("Waits for the runs before it, or for a slot of its node."),
    SKIPPED("A rule said no; the reason is in the record."),
    CLAIMED("The arbiters granted the claim with a token; exclusive tasks only."),
    INTENT(
            "The claim for this one occurrence is on a majority of disks, and from now on nobody else starts it; tasks of"
                    + " level once only."),
    STARTING("The guard was asked to start the process."),
    RUNNING("The process is up; its pid is known."),
    STOPPING("TERM was sent; KILL follows after the grace period."),
    RETRY_WAIT("A try failed and its process is gone; the next try waits for its time."),
    SUCCEEDED("Ended by itself with a success code."),
    FAILED("Ended by itself with another code, or could not be started, and no try is left."),
    TIMED_OUT("Stopped because it ran longer than its timeout, and no try is left."),
    HANDED_OVER("Stopped so that another node may run it."),
    CANCELLED("Stopped or given up: the node may not run it any more, or another run replaces it."),
    LOST("The node, its guard or its lease was lost while the run was under way."),
    IN_DOUBT("It was cut off after its intent, and nobody knows whether it took effect; level once only."),
    PROBING("The probe command is asked whether it took effect."),
    HELD("The probe could not tell, or there is none: a person must say."),
    RESOLVED_DONE("It had taken effect, says the probe or a person."),
    RESOLVED_NOT_DONE("It had not taken effect, says the probe or a person: it is started once more."),
    ABANDONED("Nobody will ever know, and it is not started again.");

    private static final Set<RunState> TERMINAL =
            EnumSet.of(SKIPPED, SUCCEEDED, FAILED, TIMED_OUT, HANDED_OVER, CANCELLED, LOST, RESOLVED_DONE, ABANDONED);

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
        return this == STARTING || this == RUNNING || this == STOPPING || this == PROBING;
    }

    /** The transition table. */
    public boolean canBecome(RunState next) {
        return next().contains(next);
    }

    private Set<RunState> next() {
        return switch (this) {
            case DUE -> EnumSet.of(QUEUED, SKIPPED, CLAIMED, INTENT, STARTING, CANCELLED, LOST, IN_DOUBT);
            case QUEUED -> EnumSet.of(SKIPPED, CLAIMED, INTENT, STARTING, CANCELLED);
            case CLAIMED -> EnumSet.of(STARTING, CANCELLED, LOST);
            case INTENT -> EnumSet.of(STARTING, CANCELLED);
            case STARTING -> EnumSet.of(RUNNING, STOPPING, RETRY_WAIT, FAILED, LOST, IN_DOUBT);
            case RUNNING -> EnumSet.of(STOPPING, RETRY_WAIT, SUCCEEDED, FAILED, LOST, IN_DOUBT);
            case STOPPING ->
                EnumSet.of(RETRY_WAIT, SUCCEEDED, FAILED, TIMED_OUT, HANDED_OVER, CANCELLED, LOST, IN_DOUBT);
            case RETRY_WAIT -> EnumSet.of(CLAIMED, STARTING, FAILED, TIMED_OUT, CANCELLED, LOST);
            case IN_DOUBT -> afterDoubt(PROBING, HELD);
            case PROBING -> afterDoubt(IN_DOUBT, HELD);
            case HELD -> afterDoubt(IN_DOUBT);
            case RESOLVED_NOT_DONE -> EnumSet.of(INTENT, HANDED_OVER);
            case SKIPPED, SUCCEEDED, FAILED, TIMED_OUT, HANDED_OVER, CANCELLED, LOST, RESOLVED_DONE, ABANDONED ->
                EnumSet.noneOf(RunState.class);
        };
    }

    /** What was in doubt can end in every way in which a run of level once can: its node may still tell. */
    private static Set<RunState> afterDoubt(RunState... more) {
        var next = EnumSet.of(RESOLVED_DONE, RESOLVED_NOT_DONE, ABANDONED, HANDED_OVER);
        next.addAll(EnumSet.of(SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, LOST));
        next.addAll(Arrays.asList(more));
        return next;
    }
}
