package io.rota.membership;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One member as one node knows it. Immutable. The identity is name and boot id: a restarted process is another boot of the same name.
 * Metadata and address are constant per (name, boot id, incarnation).
 *
 * @param name the node's name, its identity everywhere; 1 to 64 bytes
 * @param bootId random 64 bit, drawn at each start
 * @param incarnation grows each time the member speaks anew for itself; never a clock
 * @param state what is believed of it
 * @param address where its gossip port is reached; resolved
 * @param metadata what it tells about itself
 */
public record Member(
        String name,
        long bootId,
        long incarnation,
        MemberState state,
        InetSocketAddress address,
        MemberMetadata metadata) {

    /** Longest name in bytes of UTF-8. */
    public static final int NAME_LIMIT_BYTES = 64;

    /** Highest incarnation: beyond it nobody could speak anew, so a greater one is refused. */
    public static final long INCARNATION_LIMIT = Long.MAX_VALUE >> 2;

    public Member {
        requireName(name);
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(metadata, "metadata");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("address of " + name + " is not resolved: " + address);
        }
        if (incarnation < 0) {
            throw new IllegalArgumentException("incarnation must not be negative: " + incarnation);
        }
    }

    /** The same member in another state. */
    public Member with(MemberState changed) {
        return changed == state ? this : new Member(name, bootId, incarnation, changed, address, metadata);
    }

    static void requireName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isBlank() || bytes > NAME_LIMIT_BYTES) {
            throw new IllegalArgumentException(
                    "a node name has 1 to " + NAME_LIMIT_BYTES + " bytes, but \"" + name + "\" has " + bytes);
        }
    }
}
