package io.rota.scheduler.arbitration;

/** What an arbiter decided. Anything but {@link Granted} means: nothing may start. */
public sealed interface ClaimDecision {

    /**
     * The claim is on a majority of the books.
     *
     * @param token its fencing token
     * @param underLock false if the CP lock could not be had in time and the books alone decided
     */
    record Granted(long token, boolean underLock) implements ClaimDecision {}

    /** An earlier claim is not provably over. */
    record Held(String reason) implements ClaimDecision {}

    /** Nobody knows whether an earlier run took effect; until somebody says so, nothing of the task starts. */
    record InDoubt(Doubt doubt) implements ClaimDecision {}

    /**
     * There is nothing to grant: the occurrence has ended, or what was in doubt is settled.
     *
     * @param endedMillis nominal instant of the last occurrence that has ended; {@link Purpose#NO_OCCURRENCE} if none has
     * @param lastWord what settled the last doubt, if nothing has run since; {@link Ending#OPEN} otherwise
     */
    record Settled(long endedMillis, Ending lastWord) implements ClaimDecision {}

    /** No majority of the books took part. */
    record Unavailable(String reason) implements ClaimDecision {}
}
