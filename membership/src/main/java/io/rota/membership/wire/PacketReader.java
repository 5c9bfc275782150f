package io.rota.membership.wire;

import io.rota.membership.Member;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Footprint;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Rumor;
import io.rota.membership.protocol.Spares;
import io.rota.membership.protocol.WireVersions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to packets. Mutable, since it remembers names; confined to one thread. Any input at all gives a {@link Decoded}; none throws, and none makes it
 * allocate more than {@link Footprint#LIMIT_BYTES}.
 */
public final class PacketReader {

    private static final int RUMORS_LIMIT = 256;
    private static final int LEAST_RUMOR_BYTES = 11;

    private final WireVersions spoken;
    private final WireReader in = new WireReader(new Names());
    private final Spares spares = new Spares();
    private DropKind rejection = DropKind.MALFORMED;

    /** A reader of this build's versions. */
    public PacketReader() {
        this(WireVersions.OURS);
    }

    /** A reader of these versions. */
    public PacketReader(WireVersions spoken) {
        this.spoken = spoken;
    }

    /** The packet, or why it is none. */
    public Decoded read(byte[] bytes) {
        return read(bytes, bytes.length);
    }

    /** The same of the first so many bytes. */
    public Decoded read(byte[] bytes, int length) {
        Packet packet = packetIn(bytes, length);
        return packet == null ? new Decoded.Rejected(rejection) : new Decoded.Accepted(packet);
    }

    /** The same without a wrapper: null for no packet, and {@link #rejection} tells why. */
    public @Nullable Packet packetIn(byte[] bytes, int length) {
        try {
            in.begin(bytes, length);
            int version = in.byte1();
            return spoken.has(version) ? packet(version) : foreign(version);
        } catch (WireReader.Malformed | IllegalArgumentException e) {
            rejection = DropKind.MALFORMED;
        } catch (WireReader.TooLarge e) {
            rejection = DropKind.OVERSIZED;
        }
        return null;
    }

    /** Why the last bytes that were no packet were none. */
    public DropKind rejection() {
        return rejection;
    }

    /** Nobody holds this packet, which was read here, any more. */
    public void giveBack(Packet packet) {
        spares.giveBack(packet);
    }

    private Packet packet(int version) {
        String sender = in.name(Member.NAME_LIMIT_BYTES);
        long bootId = in.long8();
        long sequence = in.number();
        Message message = MessageCodec.read(in, spares);
        List<Rumor> rumors = rumors();
        in.end();
        return spares.packet(sender, bootId, sequence, message, rumors, version);
    }

    /**
     * A version that we do not speak. The head of a packet, the request with which a newcomer begins, and the word that turns it away keep their shape
     * in all versions, so that both sides can say why they do not talk. What is behind them is not read.
     */
    private @Nullable Packet foreign(int version) {
        rejection = DropKind.VERSION;
        if (version == 0) {
            return null;
        }
        String sender = in.name(Member.NAME_LIMIT_BYTES);
        long bootId = in.long8();
        long sequence = in.number();
        int kind = in.byte1();
        if (!MessageCodec.isGreeting(kind)) {
            return null;
        }
        Message greeting = MessageCodec.readGreeting(in, kind);
        return spares.packet(sender, bootId, sequence, greeting, List.of(), version);
    }

    private List<Rumor> rumors() {
        int count = in.count(RUMORS_LIMIT, LEAST_RUMOR_BYTES);
        if (count == 0) {
            return List.of();
        }
        List<Rumor> rumors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rumors.add(RecordCodec.readRumor(in));
        }
        return rumors;
    }
}
