package io.rota.scheduler.engine;

import io.rota.scheduler.arbitration.Doubt;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.Purpose;

/** What the arbiters said to a request for a claim. */
public sealed interface ClaimAnswer {

    /** Why nothing starts, in words. */
    default String refusal() {
        if (this instanceof Held held) {
            return held.reason();
        }
        if (this instanceof Unavailable unavailable) {
            return unavailable.reason();
        }
        if (this instanceof NotAsked notAsked) {
            return notAsked.reason();
        }
        if (this instanceof InDoubt inDoubt) {
            return "nobody knows whether " + inDoubt.doubt().intent().purpose().runId() + " took effect";
        }
        if (this instanceof Settled) {
            return "it has ended already, say the books";
        }
        if (this instanceof Granted) {
            return "granted too late";
        }
        throw new IllegalStateException("unknown answer " + this);
    }

    /** The task may be started with this token. */
    record Granted(long token) implements ClaimAnswer {}

    /** Somebody else's claim is not over; the reason names the holder. */
    record Held(String reason) implements ClaimAnswer {}

    /** Nobody knows whether an earlier run took effect; nothing of the task starts until that is settled. */
    record InDoubt(Doubt doubt) implements ClaimAnswer {}

    /**
     * There is nothing to grant: the occurrence has ended, or nothing is in doubt.
     *
     * @param endedMillis last occurrence that has ended, {@link Purpose#NO_OCCURRENCE} if none has
     * @param lastWord what settled the last doubt, {@link Ending#OPEN} if nothing did
     */
    record Settled(long endedMillis, Ending lastWord) implements ClaimAnswer {}

    /** Nobody was asked, so nothing of this try can be on its way: this node has no lease. */
    record NotAsked(String reason) implements ClaimAnswer {}

    /** No majority answered; nothing may start. */
    record Unavailable(String reason) implements ClaimAnswer {}
}
