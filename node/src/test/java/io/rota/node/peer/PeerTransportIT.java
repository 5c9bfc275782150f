package io.rota.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rota.membership.Keyring;
import io.rota.node.FreePorts;
import io.rota.node.LogLines;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.ClaimRequest;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.Purpose;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerHandler;
import io.rota.scheduler.peer.PeerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests between nodes over real sockets, among friends, strangers and ruins. */
final class PeerTransportIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final PeerRequest QUICK = new PeerRequest.ReadBook("t");
    private static final PeerRequest SLOW = new PeerRequest.AskClaim(new ClaimRequest(
            "c", new LeaseId("n1", 1, 1), new Purpose(ClaimKind.EXCLUSIVE, "t", "r", 0, Purpose.NO_OCCURRENCE, "", 0)));
    private static final PeerAnswer YES = new PeerAnswer.Done(true);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    // ---- among friends

    @Test
    void requestIsAnswered() throws IOException {
        var server = server(request -> new PeerAnswer.Refused("heard " + request));

        assertThat(ask(client(1), server, QUICK)).contains(new PeerAnswer.Refused("heard " + QUICK));
        assertThat(ask(client(1), server, SLOW)).contains(new PeerAnswer.Refused("heard " + SLOW));
    }

    @Test
    void failingHandlerIsARefusalAndNotSilence() throws IOException {
        var server = server(request -> {
            throw new IllegalStateException("planted");
        });

        assertThat(ask(client(1), server, QUICK))
                .contains(new PeerAnswer.Refused("the node met an error; its log tells more"));
    }

    @Test
    void slowRequestsDoNotBlockQuickOnes() throws IOException {
        var letGo = new CountDownLatch(1);
        var server = server(request -> {
            if (request instanceof PeerRequest.AskClaim) {
                assertThat(isOpened(letGo, 60)).isTrue();
                return new PeerAnswer.Decided(new ClaimDecision.Granted(1, true));
            }
            return YES;
        });
        var slow = new CompletableFuture<?>[20];
        Arrays.setAll(slow, i -> askSoon(client(1), server, SLOW, WAIT));

        assertThat(ask(client(1), server, QUICK)).contains(YES);

        assertThat(slow).noneMatch(CompletableFuture::isDone);
        letGo.countDown();
        assertThat(CompletableFuture.allOf(slow)).succeedsWithin(WAIT);
        assertThat(slow)
                .allMatch(answer ->
                        answer.join().equals(Optional.of(new PeerAnswer.Decided(new ClaimDecision.Granted(1, true)))));
    }

    @Test
    void answerMayTakeLongerThanARequestMay() throws IOException {
        var server = server(request -> {
            assertThat(isOpened(new CountDownLatch(1), 4)).isFalse();
            return YES;
        });

        assertThat(askSoon(client(1), server, SLOW, WAIT)).succeedsWithin(WAIT).isEqualTo(Optional.of(YES));
    }

    @Test
    void requestsToTheNodeItselfStayInTheProcess() {
        var client = client(1);
        assertThat(askMember(client, "n1")).isEmpty();

        client.answerOwn(request -> YES);

        assertThat(askMember(client, "n1")).contains(YES);
    }

    @Test
    void failingOwnHandlerIsSilence() {
        var client = client(1);
        client.answerOwn(request -> {
            throw new IllegalStateException("planted");
        });

        assertThat(askMember(client, "n1")).isEmpty();
    }

    // ---- among strangers

    @Test
    void anotherKeyGetsNoAnswerAndOneWarning() throws IOException {
        var handled = new AtomicInteger();
        var server = server(request -> {
            handled.incrementAndGet();
            return YES;
        });
        try (var log = new LogLines(PeerServer.class)) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(client(2), server, QUICK)).isEmpty();
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1")
                    .contains("another cluster key");
        }
        assertThat(handled).hasValue(0);
    }

    @Test
    void anotherClusterUnderTheSameKeyGetsNoAnswer() throws IOException {
        var server = server(request -> YES);
        var client = keep(new PeerClient("n1", key(1), "another", member -> Optional.empty()));

        assertThat(ask(client, server, QUICK)).isEmpty();
    }

    @Test
    void plainHttpIsRefused() throws Exception {
        var server = server(request -> YES);

        assertThat(post(server, "hello".getBytes(StandardCharsets.US_ASCII))).isEqualTo(403);
        assertThat(post(server, new byte[0])).isEqualTo(403);
    }

    @Test
    void bodyOf9MegabytesIsRefused() throws Exception {
        var server = server(request -> YES);

        assertThat(post(server, new byte[9 << 20])).isEqualTo(413);
        assertThat(ask(client(1), server, QUICK)).contains(YES);
    }

    @Test
    void strangersThatSendHalfARequestKeepNobodyWaitingForLong() throws IOException {
        var server = server(request -> YES);
        for (int i = 0; i < 100; i++) {
            var stranger = keep(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            stranger.getOutputStream()
                    .write("POST /peer HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
                            .getBytes(StandardCharsets.US_ASCII));
        }

        await().atMost(WAIT).until(() -> ask(client(1), server, QUICK).equals(Optional.of(YES)));
    }

    @Test
    void recordedAnswerPassesForNoOther() throws Exception {
        var server = server(request -> YES);
        var recorder = keep(new RecordingProxy(server.port()));
        var client = client(1);
        assertThat(send(client, recorder.address(), LIMIT)).isEqualTo(Optional.of(YES));

        recorder.replay();

        assertThat(send(client, recorder.address(), LIMIT)).isEmpty();
    }

    // ---- among ruins

    @Test
    void deadPortIsKnownToBeDeadAtOnce() throws IOException {
        var port = FreePorts.find(1).get(0);
        long start = System.nanoTime();

        assertThat(send(client(1), "127.0.0.1:" + port, WAIT)).isEmpty();

        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void peerThatNeverAnswersCostsTheLimit() throws IOException {
        var mute = keep(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));

        assertThat(send(client(1), "127.0.0.1:" + mute.getLocalPort(), Duration.ofMillis(500)))
                .isEmpty();
    }

    @Test
    void peerThatStopsInTheMiddleOfItsAnswerCostsTheLimit() throws IOException {
        var frozen = keep(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
        var answer = send(client(1), frozen, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

        assertThat(answer).succeedsWithin(WAIT).isEqualTo(Optional.empty());
    }

    @Test
    void answerThatIsNoneIsSilence() throws IOException {
        var liar = keep(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
        var answer = send(client(1), liar, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlies");

        assertThat(answer).succeedsWithin(WAIT).isEqualTo(Optional.empty());
    }

    @Test
    void memberWithoutAnAddressIsSilence() {
        assertThat(askMember(client(1), "n7")).isEmpty();
    }

    @Test
    void addressThatIsNoneIsSilence() {
        assertThat(send(client(1), "no address", LIMIT)).isEmpty();
        assertThat(send(client(1), "::1:7701", LIMIT)).isEmpty();
    }

    @Test
    void closedClientIsSilence() throws IOException {
        var server = server(request -> YES);
        var client = client(1);
        client.close();

        assertThat(ask(client, server, QUICK)).isEmpty();
        client.answerOwn(request -> YES);
        assertThat(askMember(client, "n1")).isEmpty();
    }

    @Test
    void portInUseIsOneClearLine() throws IOException {
        var server = server(request -> YES);
        var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());

        assertThatThrownBy(() -> PeerServer.start(taken, key(1), "rota", request -> YES))
                .isInstanceOf(IOException.class)
                .hasMessage("peer port " + server.port() + " on localhost cannot be used (Address already in use):"
                        + " is another node running here? set node.peer_port");
    }

    // ---- tools

    private PeerServer server(PeerHandler handler) throws IOException {
        return keep(
                PeerServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), key(1), "rota", handler));
    }

    private PeerClient client(int key) {
        return keep(new PeerClient("n1", key(key), "rota", member -> Optional.empty()));
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    private static Keyring key(int fill) {
        byte[] key = new byte[Keyring.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return Keyring.of(key);
    }

    private static Optional<PeerAnswer> ask(PeerClient client, PeerServer server, PeerRequest request) {
        return askSoon(client, server, request, LIMIT)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static CompletableFuture<Optional<PeerAnswer>> askSoon(
            PeerClient client, PeerServer server, PeerRequest request, Duration limit) {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.send("127.0.0.1:" + server.port(), request, limit, answer::complete);
        return answer;
    }

    private static Optional<PeerAnswer> send(PeerClient client, String address, Duration limit) {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.send(address, QUICK, limit, answer::complete);
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Sends to a server that answers the first caller with these bytes and says no more. */
    private CompletableFuture<Optional<PeerAnswer>> send(PeerClient client, ServerSocket server, String bytes)
            throws IOException {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.send("127.0.0.1:" + server.getLocalPort(), QUICK, Duration.ofSeconds(1), answer::complete);
        var caller = keep(server.accept());
        caller.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return answer;
    }

    private static Optional<PeerAnswer> askMember(PeerClient client, String member) {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.ask(member, QUICK, LIMIT, answer::complete);
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Status of the answer; 413 too where the server hangs up in the middle of a body, as it may. */
    private static int post(PeerServer server, byte[] body) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + PeerServer.PATH))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .timeout(WAIT)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 413;
        }
    }

    private static boolean isOpened(CountDownLatch latch, long seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
