package io.rota.membership;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A running member of the cluster. Thread-safe. It promises that every view that is published is immutable, coalesced and hashed, and
 * that this node itself is always in it; it refuses to promise that a view is right: gossip can be wrong for a while, and safety never
 * rests on it.
 */
public final class Membership implements AutoCloseable {

    private final Engine engine;

    private Membership(Engine engine) {
        this.engine = engine;
    }

    /** What runs behind this face. */
    private interface Engine {
        MembershipView view();

        long bootId();

        void updateMetadata(MemberMetadata metadata);

        void proveDead(String name, long bootId);

        boolean leave(Duration limit);

        void close();
    }

    /**
     * Binds the ports and starts to join; returns at once, before any seed has answered.
     *
     * @param onView called from the protocol thread with each published view; must not block
     * @throws MembershipException when a port is in use; nothing is left running
     */
    public static Membership start(MembershipConfig config, MemberMetadata metadata, Consumer<MembershipView> onView)
            throws MembershipException {
        return new Membership(engine(config, metadata, onView));
    }

    /** The last published view. */
    public MembershipView view() {
        return engine.view();
    }

    /** This process's boot id. */
    public long bootId() {
        return engine.bootId();
    }

    /** Tells all others what this node now says about itself. */
    public void updateMetadata(MemberMetadata metadata) {
        engine.updateMetadata(metadata);
    }

    /** An outside proof that this boot of the node is dead: skips suspicion and coalescing, and spreads. */
    public void proveDead(String name, long bootId) {
        engine.proveDead(name, bootId);
    }

    /** Says goodbye and waits until others have acknowledged it; false when nobody did within the limit. */
    public boolean leave(Duration limit) {
        return engine.leave(limit);
    }

    /** Stops without goodbye; the others will find out. */
    @Override
    public void close() {
        engine.close();
    }

    private static Engine engine(MembershipConfig config, MemberMetadata metadata, Consumer<MembershipView> onView)
            throws MembershipException {
        throw new MembershipException(
                "the transport of " + config.nodeName() + " is not wired yet " + metadata + onView,
                new IllegalStateException());
    }
}
