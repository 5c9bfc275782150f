package io.rota.membership.protocol;

import java.util.List;
import java.util.Objects;

/**
 * One sealed unit on the wire: who speaks, its place in the sender's sequence (the defence against replay), a message and the news that
 * ride on it. Immutable.
 */
public record Packet(String sender, long bootId, long sequence, Message message, List<Rumor> rumors, int version) {

    public Packet {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(message, "message");
        rumors = List.copyOf(rumors);
        if (version < 1 || version > 255) {
            throw new IllegalArgumentException("a wire version is 1 to 255: " + version);
        }
    }

    /** In the newest version of this build. */
    public Packet(String sender, long bootId, long sequence, Message message, List<Rumor> rumors) {
        this(sender, bootId, sequence, message, rumors, WireVersions.OURS.max());
    }
}
