package io.rota.torture.handover;

import java.util.Locale;

/** What is done to a cluster in which nothing is wrong. */
public enum Step {
    /** A node more. */
    JOIN,
    /** Every node in turn: TERM, end, start. */
    RESTART,
    /** Another task file, given to one node after the other. */
    CONFIG,
    /** A node restarts with another weight. */
    WEIGHT;

    /** Its name in reports. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
