package io.rota.scheduler.arbitration;

/**
 * The end of a claim with what is to be kept of it.
 *
 * @param end how it ended
 * @param by who said so; empty for the holder's own run
 * @param note why, at most {@link #MAX_NOTE} characters, longer ones lose their beginning; empty when there is nothing to say
 * @param atMillis when, epoch milliseconds by the clock of the node that said so; 0 if that does not matter
 */
public record Ending(ClaimEnd end, String by, String note, long atMillis) {
    /** Longest note. */
    public static final int MAX_NOTE = 2_000;
    /** Not ended. */
    public static final Ending OPEN = new Ending(ClaimEnd.OPEN, "", "", 0);
    /** Given up. */
    public static final Ending RELEASED = new Ending(ClaimEnd.RELEASED, "", "", 0);

    public Ending {
        note = note.length() > MAX_NOTE ? note.substring(note.length() - MAX_NOTE) : note;
    }

    /** Who has said it, and why, for a person. */
    public String inWords() {
        if (end.endsOccurrence()) {
            return "its node has told after all that it ended: " + end;
        }
        return by.isEmpty() ? note : by + ": " + note;
    }
}
