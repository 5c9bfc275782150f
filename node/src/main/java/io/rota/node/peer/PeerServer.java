package io.rota.node.peer;

import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.hazelcast.MemberDoor;
import io.rota.scheduler.peer.PeerHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port for other nodes: HTTP over mutual TLS 1.3. Who does not prove the cluster key in time is hung up on and
 * counted ({@link Strangers}); no thread waits for a byte of anybody. Requests go to {@link PeerResource}, the
 * connections of other arbiters' Hazelcast to {@link ArbiterExit}. Thread-safe.
 */
public final class PeerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);
    private static final int BACKLOG = 256;
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 4;
    private static final int THREAD_IDLE_MILLIS = 30_000;
    /** Members ask each other every second or so; longer than that they are gone. */
    static final int CONNECTION_IDLE_MILLIS = 60_000;

    private final ServerConnector connector;
    private final PeerResource resource;
    private final ArbiterExit exit;
    private final Strangers strangers;

    private PeerServer(
            InetSocketAddress bind, ClusterIdentity identity, Predicate<String> isArbiter, PeerHandler handler) {
        this.resource = new PeerResource(identity, isArbiter, handler);
        this.exit = new ArbiterExit(identity, resource);
        var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, THREAD_IDLE_MILLIS);
        threads.setName("peer-io");
        threads.setDaemon(true);
        var server = new Server(threads, new ScheduledExecutorScheduler("peer-timer", true), null);
        server.setHandler(exit);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        var tls = new SslConnectionFactory(tls(identity), "http/1.1");
        // It would look for the host name of the browser, and there is none.
        tls.setEnsureSecureRequestCustomizer(false);
        this.connector = new ServerConnector(server, 1, 1, tls, new HttpConnectionFactory(http));
        connector.setHost(bind.getAddress().getHostAddress());
        connector.setPort(bind.getPort());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(CONNECTION_IDLE_MILLIS);
        this.strangers = new Strangers(connector.getScheduler());
        connector.addBean(strangers);
        server.addConnector(connector);
    }

    private static SslContextFactory.Server tls(ClusterIdentity identity) {
        var tls = new SslContextFactory.Server();
        tls.setSslContext(identity.context());
        tls.setNeedClientAuth(true);
        tls.setIncludeProtocols(ClusterIdentity.PROTOCOL);
        tls.setExcludeProtocols();
        tls.setEndpointIdentificationAlgorithm(null);
        tls.setSniRequired(false);
        return tls;
    }

    /**
     * Opens the port.
     *
     * @param isArbiter whether a node of this name is an arbiter, as far as this node knows
     * @throws IOException if the port cannot be had; the message is for a person
     */
    public static PeerServer start(
            InetSocketAddress bind, ClusterIdentity identity, Predicate<String> isArbiter, PeerHandler handler)
            throws IOException {
        if (bind.isUnresolved()) {
            throw new IOException("the address to bind does not resolve: " + bind.getHostString() + "; set node.bind");
        }
        var peer = new PeerServer(bind, identity, isArbiter, handler);
        try {
            peer.connector.getServer().start();
        } catch (Exception e) {
            peer.close();
            throw unusable(bind, e);
        }
        return peer;
    }

    private static IOException unusable(InetSocketAddress bind, Exception failure) {
        Throwable cause = failure;
        while (!(cause instanceof BindException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        var why = String.valueOf(cause.getMessage());
        return new IOException(
                "peer port " + bind.getPort() + " on " + bind.getHostString() + " cannot be used (" + why + "): "
                        + (why.contains("assign")
                                ? "is node.bind an address of this server?"
                                : "is another node running here? set node.peer_port"),
                failure);
    }

    /** From now on the Hazelcast of these other arbiters may connect to this node's, through this door. */
    public void admit(Predicate<String> arbiters, MemberDoor door) {
        exit.admit(arbiters, door);
    }

    /** The port it listens on; the one that was given to it where 0 was asked for. */
    int port() {
        return connector.getLocalPort();
    }

    /** How many connections were ended because nobody proved the cluster key on them. */
    long strangers() {
        return strangers.count();
    }

    /** How many connections are open, those of strangers included. */
    long connections() {
        return connector.getConnectedEndPoints().size();
    }

    @Override
    public void close() {
        try {
            connector.getServer().stop();
        } catch (Exception e) {
            LOG.warn("the peer port did not close in good order", e);
        }
        resource.close();
    }
}
