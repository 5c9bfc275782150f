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

    /** No majority of the books took part. */
    record Unavailable(String reason) implements ClaimDecision {}
}
