package io.rota.membership;

import io.rota.membership.net.ProtocolThread;
import java.time.Duration;
import java.util.Map;

/**
 * A running member of the cluster. Thread-safe. It promises that every view that it publishes is immutable, coalesced and hashed, and that this node
 * itself is always in it; it refuses to promise that a view is right: gossip can be wrong for a while, and safety never rests on it.
 */
public final class Membership implements AutoCloseable {

    private final ProtocolThread thread;

    private Membership(ProtocolThread thread) {
        this.thread = thread;
    }

    /**
     * Binds the ports and starts to join; returns at once, before any seed has answered, and dials seeds for ever.
     *
     * @param listener called from the protocol thread with each published view; must not block
     * @throws MembershipException when a port is in use; nothing is left running
     */
    public static Membership start(MembershipConfig config, MemberMetadata metadata, MembershipListener listener)
            throws MembershipException {
        return new Membership(ProtocolThread.start(config, metadata, listener));
    }

    /** The last published view; version 0 and empty in the first instants. */
    public MembershipView view() {
        return thread.view();
    }

    /** This process's boot id. */
    public long bootId() {
        return thread.bootId();
    }

    /** The gossip port that was bound; of use where the configuration says 0. */
    public int port() {
        return thread.port();
    }

    /** Tells all others what this node now says about itself. */
    public void updateMetadata(MemberMetadata metadata) {
        thread.command(protocol -> protocol.describe(System.nanoTime(), metadata));
    }

    /** An outside proof that this boot of the node is dead: skips suspicion and coalescing, and spreads. Ignored for any other boot. */
    public void proveDead(String name, long bootId) {
        thread.command(protocol -> protocol.proveDead(System.nanoTime(), name, bootId));
    }

    /** An operator vouches for this node: ends the quiet time in which it announces itself as joining after a false or true death. */
    public void clearQuiet() {
        thread.command(protocol -> protocol.clearQuiet(System.nanoTime()));
    }

    /** From now on seals with the new primary key and opens with the new keys only. */
    public void updateKeys(Keyring keys) {
        thread.rotate(keys);
    }

    /** Counts since the start, by name: packets, bytes, dials, events, and what was dropped by kind. */
    public Map<String, Long> counters() {
        return thread.counters();
    }

    /** Says goodbye and waits until others have acknowledged it; false when too few did within the limit. Close it afterwards. */
    public boolean leave(Duration limit) {
        return thread.leave(limit.toNanos());
    }

    /** Stops without goodbye; the others will find out. */
    @Override
    public void close() {
        thread.close();
    }
}
