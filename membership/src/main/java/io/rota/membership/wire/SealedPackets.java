package io.rota.membership.wire;

import io.rota.membership.Keyring;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Packet;
import java.util.Optional;

/**
 * Packets to sealed bytes and back. Confined to one thread, {@link #rotate} aside. Nothing unauthenticated gets past {@link #open}: what no key opens is rejected before a byte of it is read. Keys
 * may be rotated while running.
 */
public final class SealedPackets {

    /** Largest datagram. */
    public static final int DATAGRAM_LIMIT_BYTES = 1_400;
    /** Largest frame on a stream. */
    public static final int FRAME_LIMIT_BYTES = 16_000;

    private static final String PURPOSE = "membership";

    private final SealedBox box;
    private final PacketWriter writer = new PacketWriter();
    private final PacketReader reader = new PacketReader();

    public SealedPackets(Keyring keys, String clusterName) {
        this.box = new SealedBox(keys, clusterName, PURPOSE);
    }

    public void rotate(Keyring keys) {
        box.rotate(keys);
    }

    public byte[] seal(Packet packet) {
        int size = writer.write(packet);
        return box.seal(writer.buffer(), size);
    }

    public Decoded open(byte[] sealed) {
        Optional<byte[]> plain = box.open(sealed);
        return plain.isPresent() ? reader.read(plain.get()) : new Decoded.Rejected(DropKind.UNSEALED);
    }
}
