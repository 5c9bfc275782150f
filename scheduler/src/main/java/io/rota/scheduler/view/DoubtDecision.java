package io.rota.scheduler.view;

/**
 * What a person says about a run in doubt. Immutable.
 *
 * @param task task name
 * @param runId the run in doubt
 * @param verdict what the person says
 * @param reason why, in the person's own words: not blank, at most {@link #MAX_REASON} characters
 * @param by who says so: not blank, at most {@link #MAX_BY} characters
 */
public record DoubtDecision(String task, String runId, Verdict verdict, String reason, String by) {
    /** Longest reason. */
    public static final int MAX_REASON = 1_000;
    /** Longest name. */
    public static final int MAX_BY = 200;

    public DoubtDecision {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "a decision needs a reason of 1 to " + MAX_REASON + " characters: how do you know");
        }
        if (by.isBlank() || by.length() > MAX_BY) {
            throw new IllegalArgumentException("by is not the name of somebody, 1 to " + MAX_BY + " characters");
        }
    }

    /** What can be said. */
    public enum Verdict {
        /** It has taken effect: it counts as done. */
        DONE,
        /** It has not taken effect: it is started once more. */
        NOT_DONE,
        /** Nobody will ever know: it is not started again. */
        ABANDON
    }
}
