package io.rota.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.node.LogLines;
import io.rota.node.tls.ClusterIdentity;
import io.rota.node.tls.Gullible;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCodec;
import io.rota.scheduler.peer.PeerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those get from the peer port who are no members, or no longer, or say that they are another; and what it costs. */
final class PeerStrangersIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final PeerRequest QUESTION = new PeerRequest.ReadBook("t");
    private static final PeerRequest RENEWAL = new PeerRequest.RenewLease(new LeaseId("n1", 1, 1));
    private static final PeerAnswer YES = new PeerAnswer.Done(true);
    private static final int TLS_ALERT_BYTES = 7;

    private final AtomicInteger handled = new AtomicInteger();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ClusterIdentity own = CpTrio.identity("n2", 1);
    private final PeerServer server = keep(
            PeerServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), own, name -> true, request -> {
                handled.incrementAndGet();
                return YES;
            }));

    PeerStrangersIT() throws IOException {}

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    // ---- no members

    @Test
    void anotherKeyGetsNoAnswerAndOneWarning() {
        var stranger = client(CpTrio.identity("n1", 2));
        try (var log = new LogLines(Strangers.class)) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(stranger, QUESTION)).isEmpty();
            }

            await().until(() -> server.strangers() == 5);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("/127.0.0.1")
                    .contains("another cluster key");
        }
        assertThat(handled).hasValue(0);
    }

    @Test
    void whoeverShowsACertificateOfAnotherKeyOrClusterGetsNoAnswerHoweverMuchItBelieves() throws Exception {
        var body = PeerCodec.encode(QUESTION);

        assertThat(post(Gullible.showing(CpTrio.identity("n1", 2)), "n2", body)).isEqualTo(-1);
        assertThat(post(Gullible.showing(new ClusterIdentity(CpTrio.ring(1), "another", "n1")), "n2", body))
                .isEqualTo(-1);
        assertThat(handled).hasValue(0);
        assertThat(post(Gullible.showing(CpTrio.identity("n1", 1)), "n2", body)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /peer HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody",
                "\u00ac\u00ed\u0000\u0005sr\u0000",
                "\u0016\u0003\u0001\u00ff\u00ff\u0001",
            })
    void whatIsNotTlsGetsAnAlertAtMost(String greeting) throws IOException {
        try (var socket = connect()) {
            assertThat(answerTo(greeting.getBytes(StandardCharsets.ISO_8859_1), socket))
                    .hasSizeLessThanOrEqualTo(TLS_ALERT_BYTES);
        }
        await().until(() -> server.strangers() == 1);
        assertThat(handled).hasValue(0);
    }

    @Test
    void tlsWithoutACertificateGetsNoAnswer() throws Exception {
        assertThat(post(Gullible.showingNothing(), "n2", PeerCodec.encode(QUESTION)))
                .isEqualTo(-1);
        await().until(() -> server.strangers() == 1);
        assertThat(handled).hasValue(0);
    }

    @Test
    void earlierProtocolsAreRefused() throws IOException {
        try (var socket = (javax.net.ssl.SSLSocket)
                CpTrio.identity("n1", 1).context().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThat(CompletableFuture.runAsync(() -> {
                        try {
                            socket.startHandshake();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }))
                    .failsWithin(WAIT);
        }
        await().until(() -> server.strangers() == 1);
    }

    @ParameterizedTest
    @CsvSource({"n2, 1, true", "n2, 2, false", "n3, 1, false"})
    void anAnswerCountsFromTheNodeThatWasAskedAndWithTheKeyOnly(String name, int key, boolean counts) throws Exception {
        var context = Gullible.showing(CpTrio.identity(name, key));
        try (var answering = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answering.setNeedClientAuth(true);
            var served = CompletableFuture.runAsync(() -> answerOnce(answering));

            var answer = new CompletableFuture<Optional<PeerAnswer>>();
            client(CpTrio.identity("n1", 1))
                    .send("n2", "127.0.0.1:" + answering.getLocalPort(), QUESTION, LIMIT, answer::complete);

            assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join())
                    .isEqualTo(counts ? Optional.of(YES) : Optional.empty());
            served.join();
        }
    }

    /** Says yes to one request, whatever it is and whomever it is meant for. */
    private static void answerOnce(SSLServerSocket server) {
        try (var socket = server.accept()) {
            socket.setSoTimeout((int) WAIT.toMillis());
            var in = socket.getInputStream();
            for (int ends = 0; ends < 4; ) {
                int read = in.read();
                if (read < 0) {
                    return;
                }
                ends = read == '\r' || read == '\n' ? ends + 1 : 0;
            }
            var body = PeerCodec.encode(YES);
            var out = socket.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            in.read();
        } catch (IOException e) {
            assertThat(e).as("the other end has hung up").isNotNull();
        }
    }

    // ---- members that err or lie

    @Test
    void answerOfAnotherMemberIsNoAnswerAndItsNodeDoesNothing() {
        assertThat(ask(client(CpTrio.identity("n1", 1)), "n3", server, QUESTION))
                .isEmpty();
        assertThat(handled).hasValue(0);
    }

    @Test
    void memberSpeaksForNobodyElse() {
        var other = client(CpTrio.identity("n3", 1));

        assertThat(ask(other, RENEWAL)).isEmpty();
        assertThat(ask(other, new PeerRequest.TellDeath(new DeathWord("n1", 1))))
                .isEmpty();
        assertThat(ask(other, new PeerRequest.YieldTasks("n1", Set.of("t")))).isEmpty();
        assertThat(handled).hasValue(0);
        assertThat(ask(client(CpTrio.identity("n1", 1)), RENEWAL)).contains(YES);
        assertThat(ask(other, QUESTION)).contains(YES);
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        var member = CpTrio.identity("n1", 1).context();

        assertThat(post(member, "n2", "hello".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(400);
        assertThat(post(member, "n2", new byte[0])).isEqualTo(400);
        assertThat(post(member, "n7", PeerCodec.encode(QUESTION))).isEqualTo(421);
        assertThat(post(member, "n2", PeerCodec.encode(QUESTION))).isEqualTo(200);
        assertThat(post(member, "n2", new byte[9 << 20])).isIn(413, -1);
        assertThat(ask(client(CpTrio.identity("n1", 1)), QUESTION)).contains(YES);
    }

    // ---- a crowd at the door

    /** Threads that wait for strangers, three seconds each, would make a renewal wait for longer than its limit. */
    @Test
    void twoHundredHalfOpenStrangersDoNotDelayARenewal() throws IOException {
        var member = client(CpTrio.identity("n1", 1));
        ask(member, RENEWAL);
        byte[] hello = clientHello();
        for (int i = 0; i < 200; i++) {
            var stranger = keep(connect());
            // A third says nothing, a third half of a greeting, a third greets and then falls silent.
            stranger.getOutputStream().write(hello, 0, i % 3 == 0 ? 0 : i % 3 == 1 ? hello.length / 2 : hello.length);
        }

        // One that has a connection, and one that has to get past the crowd.
        assertThat(ask(client(CpTrio.identity("n1", 1)), RENEWAL)).contains(YES);
        for (int i = 0; i < 100; i++) {
            assertThat(ask(member, RENEWAL)).contains(YES);
        }

        await().atMost(WAIT).until(() -> server.strangers() == 200);
    }

    @Test
    void strangerThatDripsBytesIsHungUpOnAsSoon() throws IOException {
        long start = System.nanoTime();
        byte[] hello = clientHello();
        var sent = new AtomicInteger();
        try (var stranger = connect()) {
            await().atMost(WAIT).pollInterval(Duration.ofMillis(200)).until(() -> {
                try {
                    stranger.getOutputStream().write(hello[sent.getAndIncrement()]);
                    return false;
                } catch (SocketException e) {
                    return true;
                }
            });
        }

        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(8).toNanos());
        await().until(() -> server.strangers() == 1);
    }

    @Test
    void crowdIsBounded() throws IOException {
        for (int i = 0; i < 400; i++) {
            keep(connect());
        }

        await().atMost(WAIT).until(() -> server.strangers() >= 144);
        assertThat(server.connections()).isLessThanOrEqualTo(256);
        assertThat(ask(client(CpTrio.identity("n1", 1)), QUESTION)).contains(YES);
    }

    // ---- rotation

    @Test
    void rotationInThreeStepsLosesNoRequest() {
        var caller = CpTrio.identity("n1", 1);
        var client = client(caller);
        assertThat(ask(client, QUESTION)).contains(YES);

        for (var ring : new int[][] {{1, 2}, {2, 1}, {2}}) {
            own.rotate(CpTrio.ring(ring));
            assertThat(ask(client, QUESTION)).contains(YES);
            caller.rotate(CpTrio.ring(ring));
            assertThat(ask(client, QUESTION)).contains(YES);
        }

        assertThat(ask(client(CpTrio.identity("n3", 1)), QUESTION)).isEmpty();
        assertThat(ask(client(CpTrio.identity("n3", 2)), QUESTION)).contains(YES);
    }

    @Test
    void openConnectionEndsWithItsKey() {
        var late = client(CpTrio.identity("n1", 1));
        assertThat(ask(late, QUESTION)).contains(YES);

        own.rotate(CpTrio.ring(1, 2));
        own.rotate(CpTrio.ring(2, 1));
        assertThat(ask(late, QUESTION)).contains(YES);
        own.rotate(CpTrio.ring(2));

        assertThat(ask(late, QUESTION)).isEmpty();
        assertThat(ask(late, QUESTION)).isEmpty();
        assertThat(handled).hasValue(2);
    }

    // ---- tools

    private PeerClient client(ClusterIdentity identity) {
        return keep(new PeerClient(identity, member -> Optional.empty()));
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private Optional<PeerAnswer> ask(PeerClient client, PeerRequest request) {
        return ask(client, "n2", server, request);
    }

    private static Optional<PeerAnswer> ask(PeerClient client, String node, PeerServer at, PeerRequest request) {
        var answer = new CompletableFuture<Optional<PeerAnswer>>();
        client.send(node, "127.0.0.1:" + at.port(), request, LIMIT, answer::complete);
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Status of the answer to a request for a node; -1 where there is none. */
    private int post(SSLContext context, String node, byte[] body) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + PeerResource.PATH))
                .header(PeerResource.FOR_NODE, node)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .timeout(WAIT)
                .build();
        try {
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        }
    }

    /** The first message of a handshake, as the JDK sends it. */
    private static byte[] clientHello() throws IOException {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, null, null);
            var engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            var out = java.nio.ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(java.nio.ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** What the other end sent until it hung up; an abrupt end is one too. */
    private static byte[] answerTo(byte[] greeting, Socket socket) throws IOException {
        socket.setSoTimeout((int) WAIT.toMillis());
        var read = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(greeting);
            var in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.write(b);
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching(".*(reset|Broken pipe).*");
        }
        return read.toByteArray();
    }
}
