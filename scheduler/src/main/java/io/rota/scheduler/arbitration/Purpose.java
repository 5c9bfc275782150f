package io.rota.scheduler.arbitration;

/**
 * What a claim is asked for.
 *
 * @param kind the right that is asked for
 * @param task task name
 * @param runId the run it is for; with a probe or a decision the run in doubt
 * @param specHash fingerprint of the definition
 * @param occurrenceMillis nominal instant of the occurrence, epoch milliseconds; {@link #NO_OCCURRENCE} for a run without one
 * @param about the claim in doubt, for a probe or a decision; empty otherwise
 * @param askedMillis when it was asked for, by the clock of the asking node; for display only
 */
public record Purpose(
        ClaimKind kind,
        String task,
        String runId,
        long specHash,
        long occurrenceMillis,
        String about,
        long askedMillis) {
    /** The run belongs to no occurrence of a schedule: a service. */
    public static final long NO_OCCURRENCE = Long.MIN_VALUE;

    /** The same task and run, asked for another right to the claim in doubt. */
    Purpose about(ClaimKind otherKind, Claim inDoubt) {
        return new Purpose(
                otherKind,
                task,
                inDoubt.purpose().runId(),
                specHash,
                inDoubt.purpose().occurrenceMillis(),
                inDoubt.claimId(),
                askedMillis);
    }
}
