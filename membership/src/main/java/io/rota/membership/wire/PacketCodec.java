package io.rota.membership.wire;

import io.rota.membership.Member;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Rumor;
import io.rota.membership.protocol.WireVersions;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets to bytes and back. Pure. Any input at all gives a {@link Decoded}; none throws, and none makes it allocate more than a small multiple of
 * its own length.
 */
public final class PacketCodec {

    private static final int EXPECTED_BYTES = 128;
    private static final int RUMORS_LIMIT = 256;
    private static final int LEAST_RUMOR_BYTES = 11;

    private PacketCodec() {}

    /** Version, sender, boot id, sequence, message, news. */
    public static byte[] encode(Packet packet) {
        WireWriter out = new WireWriter(EXPECTED_BYTES);
        out.byte1(WireVersions.OURS.max());
        out.text(packet.sender());
        out.long8(packet.bootId());
        out.number(packet.sequence());
        MessageCodec.write(out, packet.message());
        out.number(packet.rumors().size());
        for (Rumor rumor : packet.rumors()) {
            RecordCodec.write(out, rumor);
        }
        return out.toBytes();
    }

    /** The packet, or why it is none. */
    public static Decoded decode(byte[] bytes) {
        try {
            WireReader in = new WireReader(bytes);
            int version = in.byte1();
            if (version < WireVersions.OURS.min() || version > WireVersions.OURS.max()) {
                return new Decoded.Rejected(DropKind.VERSION);
            }
            return new Decoded.Accepted(read(in));
        } catch (WireReader.Malformed | IllegalArgumentException e) {
            return new Decoded.Rejected(DropKind.MALFORMED);
        }
    }

    private static Packet read(WireReader in) {
        String sender = in.text(Member.NAME_LIMIT_BYTES);
        long bootId = in.long8();
        long sequence = in.number();
        Message message = MessageCodec.read(in);
        int count = in.count(RUMORS_LIMIT, LEAST_RUMOR_BYTES);
        List<Rumor> rumors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rumors.add(RecordCodec.readRumor(in));
        }
        in.end();
        return new Packet(sender, bootId, sequence, message, rumors);
    }
}
