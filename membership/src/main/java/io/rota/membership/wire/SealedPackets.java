package io.rota.membership.wire;

import io.rota.membership.Keyring;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Packet;
import java.util.Optional;

/**
 * Packets to sealed bytes and back. Nothing unauthenticated gets past {@link #open}: what no key opens is rejected before a byte of it is read. Keys
 * may be rotated while running.
 */
public final class SealedPackets {

    /** Largest datagram. */
    public static final int DATAGRAM_LIMIT_BYTES = 1_400;
    /** Largest frame on a stream. */
    public static final int FRAME_LIMIT_BYTES = 60_000;

    private static final String PURPOSE = "membership";

    private final SealedBox box;

    public SealedPackets(Keyring keys, String clusterName) {
        this.box = new SealedBox(keys, clusterName, PURPOSE);
    }

    public void rotate(Keyring keys) {
        box.rotate(keys);
    }

    public byte[] seal(Packet packet) {
        return box.seal(PacketCodec.encode(packet));
    }

    public Decoded open(byte[] sealed) {
        Optional<byte[]> plain = box.open(sealed);
        return plain.isPresent() ? PacketCodec.decode(plain.get()) : new Decoded.Rejected(DropKind.UNSEALED);
    }
}
