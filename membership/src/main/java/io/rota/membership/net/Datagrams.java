package io.rota.membership.net;

import io.rota.membership.wire.SealedPackets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/** The UDP socket. Confined to the protocol thread. Sends may be lost, also here: a full socket buffer drops, as a network does. */
final class Datagrams {

    private static final int AT_ONCE = 4096;

    private final DatagramChannel channel;
    private final Counters counters;
    private final EventLog log;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SealedPackets.DATAGRAM_LIMIT_BYTES + 1);

    Datagrams(DatagramChannel channel, Counters counters, EventLog log) {
        this.channel = channel;
        this.counters = counters;
        this.log = log;
    }

    void send(InetSocketAddress to, byte[] sealed, long nowNanos) {
        try {
            int sent = channel.send(ByteBuffer.wrap(sealed), to);
            counters.count(sent > 0 ? "datagrams.sent" : "datagrams.unsent");
            counters.add("datagrams.sent.bytes", sent);
        } catch (UnsupportedAddressTypeException e) {
            log.unsendable(to, "this node's socket has no such address family", nowNanos);
        } catch (IOException e) {
            log.unsendable(to, String.valueOf(e.getMessage()), nowNanos);
        }
    }

    /** Hands in all that waits, within reason. */
    void drain(Receiver receiver) {
        for (int i = 0; i < AT_ONCE; i++) {
            buffer.clear();
            try {
                if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
                    return;
                }
                take(from, receiver);
            } catch (IOException e) {
                counters.count("receive.failed");
                return;
            }
        }
    }

    private void take(InetSocketAddress from, Receiver receiver) {
        buffer.flip();
        counters.count("datagrams.received");
        counters.add("datagrams.received.bytes", buffer.remaining());
        if (buffer.remaining() > SealedPackets.DATAGRAM_LIMIT_BYTES) {
            counters.count("dropped.oversized");
            return;
        }
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        receiver.receive(from, sealed);
    }

    /** Who takes datagrams. */
    interface Receiver {
        void receive(InetSocketAddress from, byte[] sealed);
    }
}
