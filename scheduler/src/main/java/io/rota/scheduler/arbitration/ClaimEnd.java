package io.rota.scheduler.arbitration;

import io.rota.scheduler.RunState;

/**
 * How a claim ended. Only its holder says so, and says one thing only, so two books never hold two different ends of one
 * claim; a book that has heard of the end beats one that has not.
 */
public enum ClaimEnd {
    /** Not ended, or nobody has said so. */
    OPEN(0),
    /** Given up before its occurrence ended: nothing was started, or at level exclusive the next try follows. */
    RELEASED(1),
    /** The run was cut off, and whether it took effect is not known. */
    INTERRUPTED(2),
    /** The run did what it should. */
    SUCCEEDED(2),
    /** The run failed, or could not be started. */
    FAILED(2),
    /** The run was stopped for its timeout. */
    TIMED_OUT(2),
    /** The run was stopped, or given up. */
    CANCELLED(2),
    /** The run was stopped for another node; at level exclusive. */
    HANDED_OVER(2),
    /** The run was lost with its guard or its lease; at level exclusive. */
    LOST(2),
    /** The probe could not tell, or there is none: a person must say. */
    HELD(2),
    /** The run in doubt had taken effect. */
    DONE(2),
    /** The run in doubt had not taken effect: its occurrence may be started once more. */
    NOT_DONE(2),
    /** Nobody will ever know, and its occurrence is not started again. */
    ABANDONED(2);

    private final int strength;

    ClaimEnd(int strength) {
        this.strength = strength;
    }

    /** True if this tells more about one and the same claim. */
    boolean beats(ClaimEnd other) {
        return strength > other.strength;
    }

    /** True if the occurrence has ended with the run, as its holder knows for sure. */
    public boolean endsOccurrence() {
        return switch (this) {
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, HANDED_OVER, LOST -> true;
            case OPEN, RELEASED, INTERRUPTED, HELD, DONE, NOT_DONE, ABANDONED -> false;
        };
    }

    /** True for what a probe or a person has said about a run in doubt. */
    public boolean isVerdict() {
        return this == DONE || this == NOT_DONE || this == ABANDONED;
    }

    /** How the claim of a run ends that ended like this. */
    public static ClaimEnd of(RunState state) {
        return switch (state) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case TIMED_OUT -> TIMED_OUT;
            case CANCELLED -> CANCELLED;
            case HANDED_OVER -> HANDED_OVER;
            case LOST -> LOST;
            case IN_DOUBT -> INTERRUPTED;
            case HELD -> HELD;
            case RESOLVED_DONE -> DONE;
            case RESOLVED_NOT_DONE -> NOT_DONE;
            case ABANDONED -> ABANDONED;
            case DUE, QUEUED, SKIPPED, CLAIMED, INTENT, STARTING, RUNNING, STOPPING, RETRY_WAIT, PROBING -> RELEASED;
        };
    }

    /** How the run ended whose claim ended like this; {@link RunState#LOST} where that has not been said. */
    public RunState run() {
        return switch (this) {
            case SUCCEEDED -> RunState.SUCCEEDED;
            case FAILED -> RunState.FAILED;
            case TIMED_OUT -> RunState.TIMED_OUT;
            case CANCELLED -> RunState.CANCELLED;
            case HANDED_OVER -> RunState.HANDED_OVER;
            case DONE -> RunState.RESOLVED_DONE;
            case ABANDONED -> RunState.ABANDONED;
            case OPEN, RELEASED, INTERRUPTED, LOST, HELD, NOT_DONE -> RunState.LOST;
        };
    }
}
