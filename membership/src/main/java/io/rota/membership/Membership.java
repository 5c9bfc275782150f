package io.rota.membership;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A running member of the cluster; {@code net.SocketMembership} is one. Thread-safe. It promises that every view that it publishes is immutable, coalesced and hashed, and that this node
 * itself is always in it; it refuses to promise that a view is right: gossip can be wrong for a while, and safety never rests on it.
 */
public interface Membership extends AutoCloseable {

    /** The last published view; version 0 and empty in the first instants. */
    MembershipView view();

    /** This process's boot id. */
    long bootId();

    /** The gossip port that was bound; of use where the configuration says 0. */
    int port();

    /** Tells all others what this node now says about itself. */
    void updateMetadata(MemberMetadata metadata);

    /** An outside proof that this boot of the node is dead: skips suspicion and coalescing, and spreads. Ignored for any other boot. */
    void proveDead(String name, long bootId);

    /** An operator vouches for this node: ends the quiet time in which it announces itself as joining after a false or true death. */
    void clearQuiet();

    /**
     * From now on seals with the new primary key and opens with the new keys only. Not checked: who removes or uses a key in this way may cut members
     * off. {@link #addKey}, {@link #useKey} and {@link #removeKey} are the way to rotate.
     */
    void updateKeys(Keyring keys);

    /** First step of a rotation: opens with this key too, and tells all members that it does. Of no effect where it is held already. */
    void addKey(byte[] key);

    /**
     * Second step, once {@link #addKey} was done on every node: seals with this key, if every live member is known to hold it.
     *
     * @return the names of the live members that lack it; empty when the key is in use now, else nothing has changed
     * @throws IllegalArgumentException when this node does not hold the key
     */
    List<String> useKey(byte[] key);

    /**
     * Third step, once {@link #useKey} was done on every node: forgets a key, if every live member is known to seal with another one.
     *
     * @return the names of the live members that still seal with it; empty when the key is gone now, else nothing has changed
     * @throws IllegalArgumentException when this node itself seals with it
     */
    List<String> removeKey(byte[] key);

    /** Counts since the start, by name: packets, bytes, dials, events, and what was dropped by kind. */
    Map<String, Long> counters();

    /** Says goodbye and waits until others have acknowledged it; false when too few did within the limit. Close it afterwards. */
    boolean leave(Duration limit);

    /** Stops without goodbye; the others will find out. */
    @Override
    void close();
}
