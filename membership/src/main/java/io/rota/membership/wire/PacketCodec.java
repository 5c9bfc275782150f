package io.rota.membership.wire;

import io.rota.membership.protocol.Packet;
import java.util.Arrays;

/** One packet to bytes and back, where nothing is gained by keeping a {@link PacketWriter} and a {@link PacketReader}. Pure. */
public final class PacketCodec {

    private PacketCodec() {}

    /** Version, sender, boot id, sequence, message, news. */
    public static byte[] encode(Packet packet) {
        PacketWriter writer = new PacketWriter();
        int size = writer.write(packet);
        return Arrays.copyOf(writer.buffer(), size);
    }

    /** The packet, or why it is none. */
    public static Decoded decode(byte[] bytes) {
        return new PacketReader().read(bytes);
    }
}
