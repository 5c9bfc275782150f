package io.rota.scheduler.arbitration;

import java.util.Comparator;

/** Number of one try to change the list of arbiters, as in Paxos: unlike every other one, and comparable. Immutable. */
public record Ballot(long round, String proposer) implements Comparable<Ballot> {
    /** Below every other one. */
    public static final Ballot NONE = new Ballot(0, "");

    private static final Comparator<Ballot> ORDER =
            Comparator.comparingLong(Ballot::round).thenComparing(Ballot::proposer);

    @Override
    public int compareTo(Ballot other) {
        return ORDER.compare(this, other);
    }
}
