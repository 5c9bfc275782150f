package io.rota.membership;

import java.net.InetSocketAddress;

/** Hears what a member has to tell. Called from the protocol thread; must not block. */
public interface MembershipListener {

    /** A coalesced view was published. */
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
