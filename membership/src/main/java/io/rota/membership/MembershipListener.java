package io.rota.membership;

import java.net.InetSocketAddress;

/**
 * Hears what a member has to tell, on one thread of its own: a slow listener holds up nothing but itself. While it is busy newer views replace the one that
 * waits, so that it gets the latest and may miss those between: versions then jump.
 */
public interface MembershipListener {

    /** A coalesced view was published, the latest one at this moment. */
    void onView(MembershipView view);

    /**
     * A seed turned this node away: it holds another cluster key or bears another cluster name. Said once a seed, and
     * again only after it had answered in between.
     */
    default void onSeedRefused(Seed seed) {}

    /**
     * Another live and older process bears this node's name: this one is out for good, and everything that speaks in its
     * name should end.
     *
     * @param holder gossip address of the other
     */
    default void onNameTaken(InetSocketAddress holder) {}
}
