package io.rota.scheduler.hazelcast;

import com.hazelcast.nio.MemberSocketInterceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens connections to this process's Hazelcast and lets it accept no other: other users of the machine reach loopback
 * too, but cannot connect from a port that this process holds. Thread-safe.
 */
final class OwnDoor implements MemberSocketInterceptor, MemberDoor {
    private static final int CLOSED = 0;

    private final Set<Integer> expected = ConcurrentHashMap.newKeySet();
    private volatile int port = CLOSED;

    /** From now on it leads to this port of loopback. */
    void leadTo(int hazelcastPort) {
        port = hazelcastPort;
    }

    @Override
    public SocketChannel open() throws IOException {
        int target = port;
        if (target == CLOSED) {
            throw new IOException("Hazelcast does not run yet");
        }
        var loopback = InetAddress.getLoopbackAddress();
        var channel = SocketChannel.open();
        int from = -1;
        try {
            channel.bind(new InetSocketAddress(loopback, 0));
            from = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            expected.add(from);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(loopback, target));
            return channel;
        } catch (IOException e) {
            expected.remove(from);
            channel.close();
            throw e;
        }
    }

    @Override
    public void init(Properties properties) {
        // Everything it needs came with the constructor.
    }

    @Override
    public void onAccept(Socket socket) throws IOException {
        if (!expected.remove(socket.getPort())) {
            throw new IOException("a stranger on this machine knocked at Hazelcast's port");
        }
    }

    @Override
    public void onConnect(Socket socket) {
        // The carrier has proven who is at the other end.
    }
}
