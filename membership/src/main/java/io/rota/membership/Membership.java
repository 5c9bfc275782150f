package io.rota.membership;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A running member of the cluster. Thread-safe. It promises that every view that is published is immutable, coalesced and hashed, and
 * that this node itself is always in it; it refuses to promise that a view is right: gossip can be wrong for a while, and safety never
 * rests on it.
 */
public final class Membership implements AutoCloseable {

    private Membership() {}

    /**
     * Binds the ports and starts to join; returns at once, before any seed has answered.
     *
     * @param onView called from the protocol thread with each published view; must not block
     * @throws MembershipException when a port is in use; nothing is left running
     */
    public static Membership start(MembershipConfig config, MemberMetadata metadata, Consumer<MembershipView> onView)
            throws MembershipException {
        return notWired();
    }

    /** The last published view. */
    public MembershipView view() {
        return notWired();
    }

    /** This process's boot id. */
    public long bootId() {
        return notWired();
    }

    /** Tells all others what this node now says about itself. */
    public void updateMetadata(MemberMetadata metadata) {
        notWired();
    }

    /** An outside proof that this boot of the node is dead: skips suspicion and coalescing, and spreads. */
    public void proveDead(String name, long bootId) {
        notWired();
    }

    /** Says goodbye and waits until others have acknowledged it; false when nobody did within the limit. */
    public boolean leave(Duration limit) {
        return notWired();
    }

    /** Stops without goodbye; the others will find out. */
    @Override
    public void close() {}

    private static <T> T notWired() {
        throw new UnsupportedOperationException("the transport is not wired yet");
    }
}
