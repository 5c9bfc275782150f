package io.rota.scheduler.arbitration;

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
}
