package io.rota.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.node.FreePorts;
import io.rota.node.tls.ClusterIdentity;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests between nodes over real sockets, among friends and ruins; strangers have a test of their own. */
final class PeerTransportIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final PeerRequest QUICK = new PeerRequest.ReadBook("t");
    private static final PeerRequest SLOW = new PeerRequest.Numbered(
            1,
            new PeerRequest.AskClaim(new ClaimRequest(
                    "c",
                    new LeaseId("n1", 1, 1),
                    new Purpose(ClaimKind.EXCLUSIVE, "t", "r", 0, Purpose.NO_OCCURRENCE, "", 0))));
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

        assertThat(ask(client(), server, QUICK)).contains(new PeerAnswer.Refused("heard " + QUICK));
        assertThat(ask(client(), server, SLOW)).contains(new PeerAnswer.Refused("heard " + SLOW));
    }

    @Test
    void whatIsForArbitersIsTakenFromAListedOneOnly() throws IOException {
        var server = server(request -> YES);
        var revocation = new PeerRequest.Numbered(1, new PeerRequest.RevokeLease(new LeaseId("n1", 1, 1)));
        var worker = keep(new PeerClient(identity("n9"), member -> Optional.empty()));

        assertThat(ask(client(), server, revocation)).contains(YES);
        assertThat(ask(worker, server, revocation)).isEmpty();
        assertThat(ask(worker, server, new PeerRequest.ReadBook("counter"))).contains(YES);
    }

    @Test
    void failingHandlerIsARefusalAndNotSilence() throws IOException {
        var server = server(request -> {
            throw new IllegalStateException("planted");
        });

        assertThat(ask(client(), server, QUICK))
                .contains(new PeerAnswer.Refused("the node met an error; its log tells more"));
    }

    @Test
    void slowRequestsDoNotBlockQuickOnes() throws IOException {
        var letGo = new CountDownLatch(1);
        var server = server(request -> {
            if (request.equals(SLOW)) {
                assertThat(isOpened(letGo, 60)).isTrue();
                return new PeerAnswer.Decided(new ClaimDecision.Granted(1, true));
            }
            return YES;
        });
        var slow = new CompletableFuture<?>[20];
        Arrays.setAll(slow, i -> askSoon(client(), server, SLOW, WAIT));

        assertThat(ask(client(), server, QUICK)).contains(YES);

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

        assertThat(askSoon(client(), server, SLOW, WAIT)).succeedsWithin(WAIT).isEqualTo(Optional.of(YES));
    }

    @Test
    void connectionIsKeptForTheNextRequest() throws IOException {
        var server = server(request -> YES);
        var client = client();
        ask(client, server, QUICK);
        long before = server.connections();

        for (int i = 0; i < 50; i++) {
            assertThat(ask(client, server, QUICK)).contains(YES);
        }

        assertThat(server.connections()).isEqualTo(before);
    }

    @Test
    void firstRequestOfAProcessCanBeRehearsed() {
        var identity = identity("n1");

        assertThat(Rehearsal.start(keep(new PeerClient(identity, member -> Optional.empty())), identity))
                .succeedsWithin(WAIT)
                .isEqualTo(true);
    }

    @Test
    void requestsToTheNodeItselfStayInTheProcess() {
        var client = client();
        assertThat(askMember(client, "n1")).isEmpty();

        client.answerOwn(request -> YES);

        assertThat(askMember(client, "n1")).contains(YES);
    }

    @Test
    void failingOwnHandlerIsSilence() {
        var client = client();
        client.answerOwn(request -> {
            throw new IllegalStateException("planted");
        });

        assertThat(askMember(client, "n1")).isEmpty();
    }

    // ---- among ruins

    @Test
    void deadPortIsKnownToBeDeadAtOnce() throws IOException {
        var port = FreePorts.find(1).get(0);
        long start = System.nanoTime();

        assertThat(send(client(), "127.0.0.1:" + port, WAIT)).isEmpty();

        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void peerThatNeverAnswersCostsTheLimit() throws IOException {
        var mute = keep(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));

        assertThat(send(client(), "127.0.0.1:" + mute.getLocalPort(), Duration.ofMillis(500)))
                .isEmpty();
    }

    @Test
    void peerThatStopsInTheMiddleOfItsAnswerCostsTheLimit() throws IOException {
        var frozen = keep(tlsServer());
        var answer = send(client(), frozen, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

        assertThat(answer).succeedsWithin(WAIT).isEqualTo(Optional.empty());
    }

    @Test
    void answerThatIsNoneIsSilence() throws IOException {
        var liar = keep(tlsServer());
        var answer = send(client(), liar, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlies");

        assertThat(answer).succeedsWithin(WAIT).isEqualTo(Optional.empty());
    }

    @Test
    void memberWithoutAnAddressIsSilence() {
        assertThat(askMember(client(), "n7")).isEmpty();
    }

    @Test
    void addressThatIsNoneIsSilence() {
        assertThat(send(client(), "no address", LIMIT)).isEmpty();
        assertThat(send(client(), "::1:7701", LIMIT)).isEmpty();
    }

    @Test
    void closedClientIsSilence() throws IOException {
        var server = server(request -> YES);
        var client = client();
        client.close();

        assertThat(ask(client, server, QUICK)).isEmpty();
        client.answerOwn(request -> YES);
        assertThat(askMember(client, "n1")).isEmpty();
    }

    @Test
    void portInUseIsOneClearLine() throws IOException {
        var server = server(request -> YES);
        var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());

        assertThatThrownBy(() -> PeerServer.start(taken, identity("n2"), name -> true, request -> YES))
                .isInstanceOf(IOException.class)
                .hasMessage("peer port " + server.port() + " on localhost cannot be used (Address already in use):"
                        + " is another node running here? set node.peer_port");
    }

    // ---- tools

    private PeerServer server(PeerHandler handler) throws IOException {
        return keep(PeerServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), identity("n2"), "n1"::equals, handler));
    }

    private PeerClient client() {
        return keep(new PeerClient(identity("n1"), member -> Optional.empty()));
    }

    private static ClusterIdentity identity(String name) {
        return CpTrio.identity(name, 1);
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    private static Optional<PeerAnswer> ask(PeerClient client, PeerServer server, PeerRequest request) {
        return askSoon(client, server, request, LIMIT)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static CompletableFuture<Optional<PeerAnswer>> askSoon(
            PeerClient client, PeerServer server, PeerRequest request, Duration limit) {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.send("n2", "127.0.0.1:" + server.port(), request, limit, answer::complete);
        return answer;
    }

    private static Optional<PeerAnswer> send(PeerClient client, String address, Duration limit) {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.send("n2", address, QUICK, limit, answer::complete);
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static SSLServerSocket tlsServer() throws IOException {
        var server = (SSLServerSocket) identity("n2")
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        server.setSSLParameters(ClusterIdentity.parameters());
        return server;
    }

    /** Sends to a server that answers the first caller with these bytes and says no more. */
    private CompletableFuture<Optional<PeerAnswer>> send(PeerClient client, SSLServerSocket server, String bytes)
            throws IOException {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.send("n2", "127.0.0.1:" + server.getLocalPort(), QUICK, Duration.ofSeconds(1), answer::complete);
        var caller = keep(server.accept());
        caller.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return answer;
    }

    private static Optional<PeerAnswer> askMember(PeerClient client, String member) {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.ask(member, QUICK, LIMIT, answer::complete);
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
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
