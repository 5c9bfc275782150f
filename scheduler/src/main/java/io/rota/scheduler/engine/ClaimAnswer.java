package io.rota.scheduler.engine;

/** What the arbiters said to a request for a claim. */
public sealed interface ClaimAnswer {

    /** The task may be started with this token. */
    record Granted(long token) implements ClaimAnswer {}

    /** Somebody else's claim is not over; the reason names the holder. */
    record Held(String reason) implements ClaimAnswer {}

    /** Nobody was asked, so nothing of this try can be on its way: this node has no lease. */
    record NotAsked(String reason) implements ClaimAnswer {}

    /** No majority answered; nothing may start. */
    record Unavailable(String reason) implements ClaimAnswer {}
}
