package io.rota.membership;

/** What a member says about its own willingness to own tasks. It is gossiped by the member itself, so all nodes see the same. */
public enum Participation {
    /** Here, but not yet to be given work: just started, or damped after it was declared dead and came back. */
    JOINING,
    /** Takes work. */
    ACTIVE,
    /** Gives its work away and takes no more. */
    DRAINING
}
