package io.rota.membership;

/**
 * What this node believes about another member. The order of the constants is the order of precedence at one incarnation: a later
 * state beats an earlier one (SWIM section 4.2), so it must not be changed.
 */
public enum MemberState {
    /** Answers probes, or has lately spoken for itself. */
    ALIVE,
    /** Did not answer; may still refute. A suspect keeps what it owns. */
    SUSPECT,
    /** Silent beyond the suspicion time, or proven dead. Remembered, and dialled again. */
    DEAD,
    /** Said goodbye itself. This boot never comes back. */
    LEFT;

    /** True for the states that count as members of the cluster. */
    public boolean isLive() {
        return this == ALIVE || this == SUSPECT;
    }
}
