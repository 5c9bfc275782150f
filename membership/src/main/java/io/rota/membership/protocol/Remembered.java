package io.rota.membership.protocol;

import java.util.Objects;

/**
 * An entry of the member table as it travels in a state exchange. Immutable. The age lets all nodes forget a dead member at about the same
 * time, so that a forgotten one is not taught back by a node that forgets a little later.
 *
 * @param subject the record, its state included
 * @param ageSeconds how long ago it reached this state; a duration, no clock is compared
 */
public record Remembered(MemberRecord subject, long ageSeconds) {

    /** A hundred years; more is refused. */
    public static final long AGE_LIMIT_SECONDS = 100L * 365 * 24 * 3600;

    public Remembered {
        Objects.requireNonNull(subject, "subject");
        if (ageSeconds < 0 || ageSeconds > AGE_LIMIT_SECONDS) {
            throw new IllegalArgumentException("an age is 0 to " + AGE_LIMIT_SECONDS + " s: " + ageSeconds);
        }
    }
}
