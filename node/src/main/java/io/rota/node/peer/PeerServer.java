package io.rota.node.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rota.membership.Keyring;
import io.rota.scheduler.peer.MalformedMessageException;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCodec;
import io.rota.scheduler.peer.PeerHandler;
import io.rota.scheduler.peer.PeerRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests of other nodes. A request that the cluster key does not open is dropped before anything is parsed.
 * Requests that may take seconds (a claim, a hand-over) have threads of their own, so that a book or a lease never waits
 * behind them. Both pools are bounded; what does not fit is answered with 503. Thread-safe.
 */
public final class PeerServer implements AutoCloseable {
    /** Path of the one resource. */
    static final String PATH = "/peer";
    /** Longest request or answer. */
    static final int MAX_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);
    private static final int BACKLOG = 128;
    private static final long COMPLAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final HttpServer server;
    private final PeerSeal seal;
    private final PeerHandler handler;
    private final ThreadPoolExecutor quick = PeerThreads.pool("peer", 32);
    private final ThreadPoolExecutor slow = PeerThreads.pool("peer-slow", 32);
    private final AtomicLong complainedNanos = new AtomicLong(System.nanoTime() - COMPLAIN_NANOS);

    private PeerServer(HttpServer server, PeerSeal seal, PeerHandler handler) {
        this.server = server;
        this.seal = seal;
        this.handler = handler;
    }

    /**
     * Opens the port.
     *
     * @throws IOException if the port cannot be had; the message is for a person
     */
    public static PeerServer start(InetSocketAddress bind, Keyring keys, String clusterName, PeerHandler handler)
            throws IOException {
        if (bind.isUnresolved()) {
            throw new IOException("the address to bind does not resolve: " + bind.getHostString() + "; set node.bind");
        }
        // Both are read when the server class loads. Without the first an answer waits for the other side's delayed
        // acknowledgement, 40 ms; without the second, the seconds for a request to arrive as a whole, a few strangers
        // that send half of one hold all threads.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "2");
        HttpServer server;
        try {
            server = HttpServer.create(bind, BACKLOG);
        } catch (BindException e) {
            var why = String.valueOf(e.getMessage());
            throw new IOException(
                    "peer port " + bind.getPort() + " on " + bind.getHostString() + " cannot be used (" + why + "): "
                            + (why.contains("assign")
                                    ? "is node.bind an address of this server?"
                                    : "is another node running here? set node.peer_port"),
                    e);
        }
        var peer = new PeerServer(server, new PeerSeal(keys, clusterName), handler);
        server.createContext(PATH, peer::accept);
        server.setExecutor(peer.quick);
        server.start();
        return peer;
    }

    /** The port it listens on; the one that was given to it where 0 was asked for. */
    int port() {
        return server.getAddress().getPort();
    }

    private void accept(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            complain(exchange, "is longer than " + MAX_BYTES + " bytes");
            finish(exchange, 413);
            return;
        }
        var opened = seal.openRequest(body);
        if (opened.isEmpty()) {
            complain(exchange, "cannot be opened: another cluster key, or no member of this cluster");
            finish(exchange, 403);
            return;
        }
        try {
            var request = PeerCodec.decodeRequest(opened.get().message());
            if (PeerThreads.mayTakeSeconds(request)) {
                slow.execute(() -> answer(exchange, opened.get(), request));
            } else {
                answer(exchange, opened.get(), request);
            }
        } catch (MalformedMessageException e) {
            complain(exchange, "cannot be understood: " + e.getMessage());
            finish(exchange, 400);
        } catch (RejectedExecutionException e) {
            finish(exchange, 503);
        }
    }

    private void answer(HttpExchange exchange, PeerSeal.Numbered request, PeerRequest decoded) {
        PeerAnswer answer;
        try {
            answer = handler.handle(decoded);
        } catch (RuntimeException e) {
            LOG.error("request failed request={}", decoded.getClass().getSimpleName(), e);
            answer = new PeerAnswer.Refused("the node met an error; its log tells more");
        }
        byte[] sealed = seal.sealAnswer(PeerSeal.answer(request, PeerCodec.encode(answer)));
        try (exchange) {
            exchange.sendResponseHeaders(200, sealed.length);
            exchange.getResponseBody().write(sealed);
        } catch (IOException e) {
            LOG.debug("the asking node hung up: {}", e.toString());
        }
    }

    private static void finish(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void complain(HttpExchange exchange, String what) {
        long last = complainedNanos.get();
        long now = System.nanoTime();
        if (now - last >= COMPLAIN_NANOS && complainedNanos.compareAndSet(last, now)) {
            LOG.warn("a peer request from {} {}", exchange.getRemoteAddress(), what);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        quick.shutdownNow();
        slow.shutdownNow();
    }
}
