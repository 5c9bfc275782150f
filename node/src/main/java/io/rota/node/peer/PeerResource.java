package io.rota.node.peer;

import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.peer.MalformedMessageException;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCodec;
import io.rota.scheduler.peer.PeerHandler;
import io.rota.scheduler.peer.PeerRequest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one resource of the peer API. A request is carried out only if the certificate at the other end is good under the
 * keys of this moment, if it was meant for this node, and if it speaks for nobody but its sender. It is read without a
 * thread; requests that may take seconds (a claim, a hand-over) have threads of their own, so that a book or a lease
 * never waits behind them. Both pools are bounded; what does not fit is answered with 503. Thread-safe.
 */
final class PeerResource extends Handler.Abstract.NonBlocking {
    /** Path of the one resource. */
    static final String PATH = "/peer";
    /** Names the node that a request is meant for: addresses are handed on, and may be those of another by now. */
    static final String FOR_NODE = "Rota-Node";
    /** Longest request or answer. */
    static final int MAX_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(PeerResource.class);
    private static final long COMPLAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ClusterIdentity identity;
    private final PeerHandler handler;
    private final Predicate<String> isArbiter;
    private final ThreadPoolExecutor quick = PeerThreads.pool("peer", 32);
    private final ThreadPoolExecutor slow = PeerThreads.pool("peer-slow", 32);
    private final AtomicLong complainedNanos = new AtomicLong(System.nanoTime() - COMPLAIN_NANOS);

    PeerResource(ClusterIdentity identity, Predicate<String> isArbiter, PeerHandler handler) {
        this.isArbiter = isArbiter;
        this.identity = identity;
        this.handler = handler;
    }

    /** One request and the way to answer it. */
    private record Exchange(Request request, Response response, Callback callback) {
        /** Without a body; the connection ends, since either side is mistaken about the other. */
        void refuse(int status) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            callback.succeeded();
        }

        void answer(PeerAnswer answer) {
            byte[] bytes = PeerCodec.encode(answer);
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
            response.write(true, ByteBuffer.wrap(bytes), callback);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var exchange = new Exchange(request, response, callback);
        var sender = senderOf(identity, request);
        if (sender.isEmpty()) {
            refuse(exchange, 403, "comes over a connection whose key is no longer of this cluster");
        } else if (!HttpMethod.POST.is(request.getMethod())
                || !request.getHttpURI().getPath().equals(PATH)) {
            refuse(exchange, 404, "asks for something that is not here");
        } else if (!isForThisNode(identity, request)) {
            refuse(exchange, 421, "is meant for another node");
        } else if (request.getLength() < 0) {
            refuse(exchange, 411, "does not tell its length");
        } else if (request.getLength() > MAX_BYTES) {
            refuse(exchange, 413, "is longer than " + MAX_BYTES + " bytes");
        } else {
            read(exchange, sender.get());
        }
        return true;
    }

    /** The node that sent a request, proven; empty if its certificate is worth nothing by now. */
    static Optional<String> senderOf(ClusterIdentity identity, Request request) {
        var tls = request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        return tls == null ? Optional.empty() : identity.nameAt(tls.sslSession());
    }

    static boolean isForThisNode(ClusterIdentity identity, Request request) {
        return identity.nodeName().equals(request.getHeaders().get(FOR_NODE));
    }

    private void read(Exchange exchange, String sender) {
        Content.Source.asByteBuffer(exchange.request(), new Promise<ByteBuffer>() {
            @Override
            public void succeeded(ByteBuffer body) {
                dispatch(exchange, sender, BufferUtil.toArray(body));
            }

            @Override
            public void failed(Throwable failure) {
                refuse(exchange, 400, "does not arrive as a whole: " + failure);
            }
        });
    }

    private void dispatch(Exchange exchange, String sender, byte[] body) {
        try {
            var request = PeerCodec.decodeRequest(body);
            var speaker = request.speaker();
            if (speaker.isPresent() && !speaker.get().equals(sender)) {
                refuse(exchange, 403, "of " + sender + " speaks for " + speaker.get());
                return;
            }
            if (request.isAmongArbiters() && !isArbiter.test(sender)) {
                refuse(exchange, 403, "of " + sender + " is for arbiters, and this node does not know it as one");
                return;
            }
            var threads = PeerThreads.mayTakeSeconds(request) ? slow : quick;
            threads.execute(() -> exchange.answer(answer(request)));
        } catch (MalformedMessageException e) {
            refuse(exchange, 400, "cannot be understood: " + e.getMessage());
        } catch (RejectedExecutionException e) {
            exchange.refuse(503);
        }
    }

    private PeerAnswer answer(PeerRequest request) {
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            LOG.error("request failed request={}", request.getClass().getSimpleName(), e);
            return new PeerAnswer.Refused("the node met an error; its log tells more");
        }
    }

    private void refuse(Exchange exchange, int status, String what) {
        long last = complainedNanos.get();
        long now = System.nanoTime();
        if (now - last >= COMPLAIN_NANOS && complainedNanos.compareAndSet(last, now)) {
            LOG.warn("a peer request from {} {}", Request.getRemoteAddr(exchange.request()), what);
        }
        exchange.refuse(status);
    }

    void close() {
        quick.shutdownNow();
        slow.shutdownNow();
    }
}
