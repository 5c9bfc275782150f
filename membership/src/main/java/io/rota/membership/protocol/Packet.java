package io.rota.membership.protocol;

import java.util.List;
import java.util.Objects;

/**
 * One sealed unit on the wire: who speaks, its place in the sender's sequence (the defence against replay), a message and the news that
 * ride on it. Does not change until it is given back to {@link Spares}.
 */
public final class Packet {

    private String sender;
    private long bootId;
    private long sequence;
    private Message message;
    private List<Rumor> rumors;
    private int version;
    private boolean retired;

    public Packet(String sender, long bootId, long sequence, Message message, List<Rumor> rumors, int version) {
        this.sender = Objects.requireNonNull(sender, "sender");
        this.message = Objects.requireNonNull(message, "message");
        this.rumors = List.copyOf(rumors);
        become(sender, bootId, sequence, message, rumors, version);
    }

    /** In the newest version of this build. */
    public Packet(String sender, long bootId, long sequence, Message message, List<Rumor> rumors) {
        this(sender, bootId, sequence, message, rumors, WireVersions.OURS.max());
    }

    Packet become(
            String newSender, long newBootId, long newSequence, Message newMessage, List<Rumor> news, int newVersion) {
        if (newVersion < 1 || newVersion > 255) {
            throw new IllegalArgumentException("a wire version is 1 to 255: " + newVersion);
        }
        sender = newSender;
        bootId = newBootId;
        sequence = newSequence;
        message = newMessage;
        rumors = List.copyOf(news);
        version = newVersion;
        retired = false;
        return this;
    }

    void retire() {
        if (retired) {
            throw new IllegalStateException("given back twice: " + this);
        }
        retired = true;
    }

    public String sender() {
        return sender;
    }

    public long bootId() {
        return bootId;
    }

    public long sequence() {
        return sequence;
    }

    public Message message() {
        return message;
    }

    public List<Rumor> rumors() {
        return rumors;
    }

    /** The wire version that it is written in. */
    public int version() {
        return version;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet packet
                && sender.equals(packet.sender)
                && bootId == packet.bootId
                && sequence == packet.sequence
                && version == packet.version
                && message.equals(packet.message)
                && rumors.equals(packet.rumors);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sender, bootId, sequence, message, rumors, version);
    }

    @Override
    public String toString() {
        return "Packet[" + sender + "/" + Long.toHexString(bootId) + " #" + sequence + " v" + version + " " + message
                + " " + rumors + "]";
    }
}
