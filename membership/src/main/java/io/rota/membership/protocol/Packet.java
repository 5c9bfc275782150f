package io.rota.membership.protocol;

import java.util.List;
import java.util.Objects;

/**
 * One sealed unit on the wire: who speaks, its place in the sender's sequence (the defence against replay), a message and the news that
 * ride on it. Immutable.
 */
public record Packet(String sender, long bootId, long sequence, Message message, List<Rumor> rumors) {

    public Packet {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(message, "message");
        rumors = List.copyOf(rumors);
    }
}
