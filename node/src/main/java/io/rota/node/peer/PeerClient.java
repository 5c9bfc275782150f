package io.rota.node.peer;

import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.peer.MalformedMessageException;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerCodec;
import io.rota.scheduler.peer.PeerHandler;
import io.rota.scheduler.peer.PeerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to other nodes over mutual TLS; requests to the node itself stay in the process. Connections are kept,
 * so that a handshake is paid once and not by each request. An answer counts only if the node that gave it is, by its
 * certificate, the one that was asked. Thread-safe.
 */
public final class PeerClient implements PeerCalls, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    /** For the handshake too, which on a busy machine takes its time; each request has a limit of its own besides. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    /** An unused connection is kept for this long; half as long as the server keeps it. */
    private static final long KEEP_SECONDS = PeerServer.CONNECTION_IDLE_MILLIS / 2_000;

    private final ClusterIdentity identity;
    private final Function<String, Optional<String>> addressOf;
    private final ThreadPoolExecutor threads = PeerThreads.pool("peer-call", 8);
    private final ThreadPoolExecutor slow = PeerThreads.pool("peer-own", 32);
    private volatile Http http;
    private volatile @Nullable PeerHandler own;

    /** The client and the TLS that it was made for. */
    private record Http(SSLContext context, HttpClient client) {}

    /**
     * A client with threads of its own.
     *
     * @param addressOf host:port of a member's peer API; empty while it is unknown
     */
    public PeerClient(ClusterIdentity identity, Function<String, Optional<String>> addressOf) {
        this.identity = identity;
        this.addressOf = addressOf;
        // Read when the first client is made. A connection that the server has given up must not be tried first.
        System.setProperty("jdk.httpclient.keepalive.timeout", Long.toString(KEEP_SECONDS));
        this.http = newHttp();
    }

    private Http newHttp() {
        var context = identity.context();
        return new Http(
                context,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_LIMIT)
                        .sslContext(context)
                        .sslParameters(ClusterIdentity.parameters())
                        .executor(threads)
                        .build());
    }

    /** After a rotation another one, whose connections show the new certificate; the old one ends what it has begun. */
    private HttpClient client() {
        var current = http;
        if (current.context() != identity.context()) {
            current = newHttp();
            http = current;
        }
        return current.client();
    }

    /** Who answers what this node asks of itself; until then such requests have no answer. */
    public void answerOwn(PeerHandler handler) {
        own = handler;
    }

    @Override
    public void ask(String member, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        if (member.equals(identity.nodeName())) {
            askOwn(request, onAnswer);
            return;
        }
        var address = addressOf.apply(member).filter(text -> !text.isEmpty());
        if (address.isEmpty()) {
            onAnswer.accept(Optional.empty());
        } else {
            send(member, address.get(), request, limit, onAnswer);
        }
    }

    private void askOwn(PeerRequest request, Consumer<Optional<PeerAnswer>> onAnswer) {
        var handler = own;
        if (handler == null) {
            onAnswer.accept(Optional.empty());
            return;
        }
        try {
            var pool = PeerThreads.mayTakeSeconds(request) ? slow : threads;
            pool.execute(() -> {
                Optional<PeerAnswer> answer = Optional.empty();
                try {
                    answer = Optional.of(handler.handle(request));
                } catch (RuntimeException e) {
                    LOG.error(
                            "own request failed request={}", request.getClass().getSimpleName(), e);
                }
                onAnswer.accept(answer);
            });
        } catch (RejectedExecutionException e) {
            onAnswer.accept(Optional.empty());
        }
    }

    /** Sends to a node at an address; the answer is empty if that node gave none in time. */
    public void send(
            String node, String address, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        CompletableFuture<HttpResponse<byte[]>> sent;
        try {
            var call = HttpRequest.newBuilder(URI.create("https://" + address + PeerResource.PATH))
                    .timeout(limit)
                    .header(PeerResource.FOR_NODE, node)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(PeerCodec.encode(request)))
                    .build();
            sent = client().sendAsync(call, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IllegalArgumentException | RejectedExecutionException e) {
            LOG.debug("not sent to {}: {}", address, e.toString());
            onAnswer.accept(Optional.empty());
            return;
        }
        // The call's own limit ends with the first line of the answer; a peer that freezes after it would never be
        // given up.
        var unused = sent.copy()
                .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .handle((response, failure) -> {
                    sent.cancel(true);
                    if (response == null) {
                        LOG.debug("no answer from {} at {}: {}", node, address, String.valueOf(failure));
                    }
                    onAnswer.accept(response == null ? Optional.empty() : read(node, response));
                    return response;
                });
    }

    private Optional<PeerAnswer> read(String node, HttpResponse<byte[]> response) {
        var answered = response.sslSession().flatMap(identity::nameAt);
        if (response.statusCode() != 200 || !answered.equals(Optional.of(node))) {
            LOG.debug("asked {} at {}: status {} from {}", node, response.uri(), response.statusCode(), answered);
            return Optional.empty();
        }
        try {
            return Optional.of(PeerCodec.decodeAnswer(response.body()));
        } catch (MalformedMessageException e) {
            LOG.warn("peer {} sent an answer that cannot be understood: {}", node, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        slow.shutdownNow();
    }
}
