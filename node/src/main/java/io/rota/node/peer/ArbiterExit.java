package io.rota.node.peer;

import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.hazelcast.MemberDoor;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Promise;

/**
 * Where the connections of other arbiters' Hazelcast come out: HTTP CONNECT (RFC 9110 9.3.6), open to arbiters only, and
 * to one place only, whatever they ask for. A connection ends with the key under which it was made. Thread-safe.
 */
final class ArbiterExit extends ConnectHandler {
    /** What is asked for; the port is part of the form. */
    static final String TARGET = "hazelcast:1";

    private static final int BUFFER_BYTES = 16 << 10;
    /** Hazelcast sends a heartbeat each second and gives up after eight. */
    private static final long IDLE_MILLIS = 30_000;

    private final ClusterIdentity identity;
    private final Map<DownstreamConnection, EndPoint> open = new ConcurrentHashMap<>();
    private volatile Predicate<String> arbiters = name -> false;
    private volatile MemberDoor door = () -> {
        throw new IOException("this node runs no Hazelcast");
    };

    ArbiterExit(ClusterIdentity identity, PeerResource others) {
        super(others);
        this.identity = identity;
        setBufferSize(BUFFER_BYTES);
        setIdleTimeout(IDLE_MILLIS);
        identity.onRotation(this::endRevoked);
    }

    void admit(Predicate<String> names, MemberDoor to) {
        door = to;
        arbiters = names;
    }

    @Override
    protected boolean handleAuthentication(Request request, Response response, String address) {
        return address.equals(TARGET)
                && PeerResource.isForThisNode(identity, request)
                && PeerResource.senderOf(identity, request).filter(arbiters).isPresent();
    }

    @Override
    protected void connectToServer(Request request, String host, int port, Promise<SocketChannel> promise) {
        try {
            promise.succeeded(door.open());
        } catch (IOException e) {
            promise.failed(e);
        }
    }

    @Override
    protected DownstreamConnection newDownstreamConnection(EndPoint endPoint, ConcurrentMap<String, Object> context) {
        var connection = new DownstreamConnection(endPoint, getExecutor(), getByteBufferPool(), context) {
            @Override
            public void onClose(Throwable cause) {
                open.remove(this);
                super.onClose(cause);
            }
        };
        open.put(connection, endPoint);
        return connection;
    }

    private void endRevoked() {
        open.values().stream()
                .filter(endPoint -> identity.nameAt(endPoint.getSslSessionData().sslSession())
                        .isEmpty())
                .forEach(EndPoint::close);
    }
}
