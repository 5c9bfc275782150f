package io.rota.membership.net;

import io.rota.membership.MembershipException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;

/** The two sockets of the gossip port, UDP and TCP on one number, non-blocking. Both or none. */
record Ports(DatagramChannel datagrams, ServerSocketChannel streams, int port) {

    private static final int BACKLOG = 128;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    private static final int TRIES_FOR_FREE_PORT = 20;

    static Ports bind(InetSocketAddress address) throws MembershipException {
        int tries = address.getPort() == 0 ? TRIES_FOR_FREE_PORT : 1;
        IOException last = new IOException("not tried");
        for (int i = 0; i < tries; i++) {
            try {
                return tryBind(address);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new MembershipException(
                "cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort()
                        + " (UDP and TCP): " + last.getMessage()
                        + "; is another node running here? Stop it, or choose another gossip port",
                last);
    }

    private static Ports tryBind(InetSocketAddress address) throws IOException {
        ServerSocketChannel streams = ServerSocketChannel.open();
        DatagramChannel datagrams = null;
        try {
            streams.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            streams.bind(address, BACKLOG);
            int port = ((InetSocketAddress) streams.getLocalAddress()).getPort();
            datagrams = address.getAddress() instanceof Inet4Address
                    ? DatagramChannel.open(StandardProtocolFamily.INET)
                    : DatagramChannel.open();
            datagrams.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            datagrams.bind(new InetSocketAddress(address.getAddress(), port));
            streams.configureBlocking(false);
            datagrams.configureBlocking(false);
            return new Ports(datagrams, streams, port);
        } catch (IOException e) {
            streams.close();
            if (datagrams != null) {
                datagrams.close();
            }
            throw e;
        }
    }

    void close() {
        Quietly.close(datagrams);
        Quietly.close(streams);
    }
}
