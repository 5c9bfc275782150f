package io.rota.membership.protocol;

/** How a dial ended. Every dial ends exactly once. */
public enum DialOutcome {
    /** All replies came. */
    ANSWERED,
    /** The host is up and nobody listens there: the process is gone. */
    REFUSED,
    /** No answer in time. */
    TIMED_OUT,
    /** The other side closed without an answer: it could not open our packet. */
    CLOSED,
    /** An answer came that we cannot open. */
    UNREADABLE,
    /** The host name does not resolve. */
    UNRESOLVED,
    /** The local network refused to send. */
    UNREACHABLE;

    /** True if the other side is there and turned us away: another key or another cluster. */
    public boolean isRefusal() {
        return this == CLOSED || this == UNREADABLE;
    }
}
