package io.rota.scheduler;

/**
 * What a run takes of its node's slots, and how urgently. Immutable.
 *
 * @param slots how many it needs at once, 1 to 100
 * @param priority 0 to 100; of the runs that wait for a slot the highest goes first
 */
public record Share(int slots, int priority) {
    /** Most slots of one run. */
    public static final int MAX_SLOTS = 100;
    /** Highest priority. */
    public static final int MAX_PRIORITY = 100;
    /** Work that somebody waits for: from here on a run may take a reserved slot. */
    public static final int INTERACTIVE = 80;
    /** Work that may wait. */
    public static final int BATCH = 20;
    /** What applies where the file says nothing. */
    public static final Share STANDARD = new Share(1, 50);

    public Share {
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("slots " + slots + " is not within 1.." + MAX_SLOTS);
        }
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority + " is not within 0.." + MAX_PRIORITY);
        }
    }
}
