package io.rota.membership.sim;

/** What a run really went through, so that a campaign that injected nothing cannot pass for a success. */
public final class Injected {

    long sent;
    long lost;
    long duplicated;
    long cut;
    long stalls;
    long kills;
    long clockShifts;
    long bytes;

    /** Datagrams sent. */
    public long sent() {
        return sent;
    }

    /** Datagrams lost by chance. */
    public long lost() {
        return lost;
    }

    /** Datagrams delivered twice. */
    public long duplicated() {
        return duplicated;
    }

    /** Datagrams stopped by a cut link. */
    public long cut() {
        return cut;
    }

    /** Bytes sent, sealed, with IP and UDP or TCP headers. */
    public long bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "sent=" + sent + " lost=" + lost + " duplicated=" + duplicated + " cut=" + cut + " stalls=" + stalls
                + " kills=" + kills + " clock_shifts=" + clockShifts + " bytes=" + bytes;
    }
}
