package io.rota.membership.protocol;

/**
 * Accepts each sequence number of one sender once (RFC 4303 section 3.4.3). Confined to the protocol thread. Remembers the last 1,024
 * numbers; an older one is refused, since it cannot be told from a replay.
 */
final class ReplayWindow {

    private static final int SPAN = 1024;
    /** No process sends so many; a greater number would have no successor. */
    private static final long LIMIT = Long.MAX_VALUE - SPAN;

    private final long[] seen = new long[SPAN / Long.SIZE];
    private long highest = -1;

    /** True the first time a number within the window is shown. */
    boolean accept(long sequence) {
        if (sequence < 0 || sequence > LIMIT || sequence <= highest - SPAN) {
            return false;
        }
        if (sequence > highest) {
            forget(sequence);
            highest = sequence;
        } else if ((seen[word(sequence)] & bit(sequence)) != 0) {
            return false;
        }
        seen[word(sequence)] |= bit(sequence);
        return true;
    }

    private void forget(long upTo) {
        long from = Math.max(highest + 1, upTo - SPAN + 1);
        for (long number = from; number <= upTo; number++) {
            seen[word(number)] &= ~bit(number);
        }
    }

    private static int word(long sequence) {
        return (int) (sequence % SPAN) / Long.SIZE;
    }

    private static long bit(long sequence) {
        return 1L << (sequence % Long.SIZE);
    }
}
