package io.rota.node.peer;

import io.rota.membership.Keyring;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests to other nodes over HTTP, sealed; requests to the node itself stay in the process. Thread-safe. */
public final class PeerClient implements PeerCalls, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    private final String self;
    private final PeerSeal seal;
    private final Function<String, Optional<String>> addressOf;
    private final ThreadPoolExecutor threads = PeerThreads.pool("peer-call", 8);
    private final ThreadPoolExecutor slow = PeerThreads.pool("peer-own", 32);
    private final HttpClient http;
    private volatile @Nullable PeerHandler own;

    /**
     * A client with threads of its own.
     *
     * @param addressOf host:port of a member's peer API; empty while it is unknown
     */
    public PeerClient(String self, Keyring keys, String clusterName, Function<String, Optional<String>> addressOf) {
        this.self = self;
        this.seal = new PeerSeal(keys, clusterName);
        this.addressOf = addressOf;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .executor(threads)
                .build();
    }

    /** Who answers what this node asks of itself; until then such requests have no answer. */
    public void answerOwn(PeerHandler handler) {
        own = handler;
    }

    @Override
    public void ask(String member, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        if (member.equals(self)) {
            askOwn(request, onAnswer);
            return;
        }
        var address = addressOf.apply(member).filter(text -> !text.isEmpty());
        if (address.isEmpty()) {
            onAnswer.accept(Optional.empty());
        } else {
            send(address.get(), request, limit, onAnswer);
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

    /** Sends to an address; the answer is empty if none came in time. */
    public void send(String address, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        var numbered = PeerSeal.request(PeerCodec.encode(request));
        CompletableFuture<HttpResponse<byte[]>> sent;
        try {
            var call = HttpRequest.newBuilder(URI.create("http://" + address + PeerServer.PATH))
                    .timeout(limit)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(seal.sealRequest(numbered)))
                    .build();
            sent = http.sendAsync(call, HttpResponse.BodyHandlers.ofByteArray());
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
                    onAnswer.accept(response == null ? Optional.empty() : read(address, numbered, response));
                    return response;
                });
    }

    private Optional<PeerAnswer> read(String address, PeerSeal.Numbered request, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            LOG.debug("peer {} answered with status {}", address, response.statusCode());
            return Optional.empty();
        }
        try {
            return seal.openAnswer(response.body())
                    .filter(answer -> answer.answers(request))
                    .map(answer -> PeerCodec.decodeAnswer(answer.message()));
        } catch (MalformedMessageException e) {
            LOG.warn("peer {} sent an answer that cannot be understood: {}", address, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        slow.shutdownNow();
    }
}
