package io.rota.membership.wire;

import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Rumor;
import java.util.List;

/** Packets to bytes, in a buffer that is used again for each. Mutable, confined to one thread. */
public final class PacketWriter {

    private static final int EXPECTED_BYTES = 1_500;

    private final WireWriter out = new WireWriter(EXPECTED_BYTES);

    /** Version, sender, boot id, sequence, message, news. The number of bytes; they stand in {@link #buffer()} until the next packet. */
    public int write(Packet packet) {
        out.clear();
        out.byte1(packet.version());
        out.text(packet.sender());
        out.long8(packet.bootId());
        out.number(packet.sequence());
        MessageCodec.write(out, packet.message());
        List<Rumor> rumors = packet.rumors();
        out.number(rumors.size());
        for (int i = 0; i < rumors.size(); i++) {
            RecordCodec.write(out, rumors.get(i));
        }
        return out.size();
    }

    /** The last packet's bytes, and behind them what was there before. */
    public byte[] buffer() {
        return out.buffer();
    }
}
