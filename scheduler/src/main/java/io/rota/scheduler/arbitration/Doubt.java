package io.rota.scheduler.arbitration;

import java.time.Instant;

/**
 * A run of which nobody knows whether it took effect: its claim was granted, its holder is gone, and no end of it was
 * heard. Nothing else of the task starts while there is one.
 *
 * @param intent the claim in doubt
 * @param stage how far it has come
 * @param finding what the last probe or decision has left; {@link Ending#OPEN} if there was none
 */
public record Doubt(Claim intent, Stage stage, Ending finding) {

    /** How far a doubt has come. */
    public enum Stage {
        /** Nobody has looked into it yet, or whoever did has died over it. */
        OPEN,
        /** It waits for a person. */
        HELD,
        /** It had not taken effect: one more start of its occurrence is owed. */
        NOT_DONE
    }

    /** Who has left it in doubt, for a person. */
    public String inWords() {
        return intent.lease().node() + " was to run it with token " + intent.token() + " at "
                + Instant.ofEpochMilli(intent.purpose().askedMillis()) + " and has not told how it ended";
    }
}
