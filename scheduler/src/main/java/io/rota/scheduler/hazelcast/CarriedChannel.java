package io.rota.scheduler.hazelcast;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelCloseListener;
import com.hazelcast.internal.networking.ChannelOptions;
import com.hazelcast.internal.networking.InboundPipeline;
import com.hazelcast.internal.networking.OutboundFrame;
import com.hazelcast.internal.networking.OutboundPipeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;

/** One of Hazelcast's channels that, asked to connect to a member, connects to a line to it instead. */
final class CarriedChannel implements Channel {
    private static final Duration DIAL_LIMIT = Duration.ofSeconds(3);
    private static final int ACCEPT_MILLIS = 1_000;
    private static final int BACKLOG = 4;

    private final Channel inner;
    private final MemberCarrier carrier;

    CarriedChannel(Channel inner, MemberCarrier carrier) {
        this.inner = inner;
        this.carrier = carrier;
    }

    /** The line comes first, so that Hazelcast hears of a member that is not there as of any refused connection. */
    @Override
    public void connect(InetSocketAddress member, int timeoutMillis) throws IOException {
        var line = carrier.dial(member, DIAL_LIMIT);
        try (var meeting = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            meeting.setSoTimeout(ACCEPT_MILLIS);
            inner.connect((InetSocketAddress) meeting.getLocalSocketAddress(), timeoutMillis);
            var relay = new Relay(accept(meeting, inner.socket().getLocalPort()), line);
            inner.addCloseListener(closed -> relay.close());
            relay.start(String.valueOf(member));
        } catch (IOException | RuntimeException e) {
            line.close();
            throw e;
        }
    }

    /** Another user of the machine may have been quicker: its connection comes from another port. */
    private static Socket accept(ServerSocket meeting, int ownPort) throws IOException {
        while (true) {
            var near = meeting.accept();
            if (near.getPort() == ownPort) {
                near.setTcpNoDelay(true);
                return near;
            }
            near.close();
        }
    }

    @Override
    public ChannelOptions options() {
        return inner.options();
    }

    @Override
    @SuppressWarnings("rawtypes") // Hazelcast declares it so.
    public ConcurrentMap attributeMap() {
        return inner.attributeMap();
    }

    @Override
    public InboundPipeline inboundPipeline() {
        return inner.inboundPipeline();
    }

    @Override
    public OutboundPipeline outboundPipeline() {
        return inner.outboundPipeline();
    }

    @Override
    public Socket socket() {
        return inner.socket();
    }

    @Override
    public SocketAddress remoteSocketAddress() {
        return inner.remoteSocketAddress();
    }

    @Override
    public SocketAddress localSocketAddress() {
        return inner.localSocketAddress();
    }

    @Override
    public long lastReadTimeMillis() {
        return inner.lastReadTimeMillis();
    }

    @Override
    public long lastWriteTimeMillis() {
        return inner.lastWriteTimeMillis();
    }

    @Override
    public void start() {
        inner.start();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }

    @Override
    public boolean isClosed() {
        return inner.isClosed();
    }

    @Override
    public void addCloseListener(ChannelCloseListener listener) {
        inner.addCloseListener(listener);
    }

    @Override
    public boolean isClientMode() {
        return inner.isClientMode();
    }

    @Override
    public boolean write(OutboundFrame frame) {
        return inner.write(frame);
    }

    @Override
    public long bytesRead() {
        return inner.bytesRead();
    }

    @Override
    public long bytesWritten() {
        return inner.bytesWritten();
    }

    @Override
    public String toString() {
        return "Carried" + inner;
    }
}
