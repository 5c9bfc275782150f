package io.rota.membership.wire;

import io.rota.membership.Keyring;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Packet;

/**
 * Packets to sealed bytes and back. Confined to one thread, {@link #rotate} aside. Nothing unauthenticated gets past {@link #open}: what no key opens is
 * rejected before a byte of it is read. Keys may be rotated while running.
 */
public final class SealedPackets {

    /** Largest datagram. */
    public static final int DATAGRAM_LIMIT_BYTES = 1_400;
    /** Largest frame on a stream. */
    public static final int FRAME_LIMIT_BYTES = 6_000;

    private static final String PURPOSE = "membership";

    private final SealedBox box;
    private final PacketWriter writer = new PacketWriter();
    private final PacketReader reader = new PacketReader();
    private final byte[] plain = new byte[FRAME_LIMIT_BYTES];

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
        int length = box.open(sealed, plain);
        return length >= 0 ? reader.read(plain, length) : new Decoded.Rejected(DropKind.UNSEALED);
    }
}
