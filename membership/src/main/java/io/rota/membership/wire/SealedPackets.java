package io.rota.membership.wire;

import io.rota.membership.Keyring;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Packet;
import org.jspecify.annotations.Nullable;

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
    private DropKind rejection = DropKind.UNSEALED;

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

    /** The packet, or why it is none. */
    public Decoded open(byte[] sealed) {
        Packet packet = packetIn(sealed);
        return packet == null ? new Decoded.Rejected(rejection) : new Decoded.Accepted(packet);
    }

    /** The same without a wrapper: null for no packet, and {@link #rejection} tells why. */
    public @Nullable Packet packetIn(byte[] sealed) {
        int length = box.open(sealed, plain);
        Packet packet = length < 0 ? null : reader.packetIn(plain, length);
        rejection = length < 0 ? DropKind.UNSEALED : reader.rejection();
        return packet;
    }

    /** Why the last bytes that were no packet were none. */
    public DropKind rejection() {
        return rejection;
    }

    /** Nobody holds this packet, which was opened here, any more. */
    public void giveBack(Packet packet) {
        reader.giveBack(packet);
    }
}
