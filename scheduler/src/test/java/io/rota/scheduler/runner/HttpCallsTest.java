package io.rota.scheduler.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rota.scheduler.RunState;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.engine.RunEvent;
import io.rota.scheduler.engine.RunOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP calls against a real server on loopback. */
class HttpCallsTest {
    private final HeardRuns heard = new HeardRuns();
    private final HttpCalls calls = new HttpCalls(heard);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<Map<String, List<String>>> headers = new AtomicReference<>(Map.of());
    private final AtomicReference<String> received = new AtomicReference<>("");
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void close() {
        release.countDown();
        calls.close();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        headers.set(Map.copyOf(exchange.getRequestHeaders()));
        received.set(exchange.getRequestMethod() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        switch (exchange.getRequestURI().getPath()) {
            case "/ok" -> answer(exchange, 200, "queued");
            case "/moved" -> {
                exchange.getResponseHeaders().add("Location", "/ok");
                answer(exchange, 302, "");
            }
            case "/huge" -> {
                exchange.sendResponseHeaders(200, 0);
                try (var out = exchange.getResponseBody()) {
                    for (int i = 0; i < 1_000; i++) {
                        out.write("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            case "/trickle" -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                await();
            }
            case "/never" -> await();
            default -> answer(exchange, 503, "down for repair");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Work.Http get(String path) {
        return call("GET", path, "", "");
    }

    private Work.Http call(String method, String path, String body, String expectBody) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new Work.Http(
                method,
                url,
                new TreeMap<>(Map.of("Authorization", "Bearer s3cret")),
                body,
                new TreeSet<>(),
                expectBody);
    }

    private static Run run(String id, long token) {
        var origin = new RunOrigin("1", 0, new TreeMap<>());
        return new Run(id, "t", RunState.STARTING, "", 0, 0, 0, token, 0, Integer.MIN_VALUE, 1, origin);
    }

    private RunEvent.Ended ended(Work.Http work) {
        calls.start(run("t@1", 0), work);
        return heard.awaitEnd("t@1");
    }

    @Test
    void aGoodAnswerIsSuccessAndItsBeginningIsTheOutput() {
        assertThat(ended(get("/ok"))).isEqualTo(new RunEvent.Ended("t@1", 0, ""));

        assertThat(heard.output("t@1")).matches("HTTP 200 in \\d+ ms\nqueued");
    }

    @Test
    void methodBodyAndHeadersAreSentAndTheRunIsNamed() {
        calls.start(run("t@1", 7), call("POST", "/ok", "{\"a\": 1}", "queued"));
        assertThat(heard.awaitEnd("t@1").exitCode()).isZero();

        assertThat(received.get()).isEqualTo("POST {\"a\": 1}");
        assertThat(headers.get())
                .containsEntry("X-rota-run-id", List.of("t@1"))
                .containsEntry("X-fence-token", List.of("7"))
                .containsEntry("Authorization", List.of("Bearer s3cret"));
    }

    @Test
    void withoutATokenNoneIsSent() {
        ended(get("/ok"));

        assertThat(headers.get()).doesNotContainKey("X-fence-token");
    }

    @Test
    void anotherStatusFailsAndSaysWhich() {
        assertThat(ended(get("/down"))).isEqualTo(new RunEvent.Ended("t@1", 1, "HTTP 503, expected 200 to 299"));

        assertThat(heard.output("t@1")).contains("down for repair");
    }

    @Test
    void anExpectedStatusSucceedsWhateverItIs() {
        var work = get("/down");
        var expecting = new Work.Http(
                work.method(), work.url(), work.headers(), "", new TreeSet<>(List.of(404, 503)), "repair");

        assertThat(ended(expecting).exitCode()).isZero();
    }

    @Test
    void anAnswerWithoutTheExpectedTextFails() {
        assertThat(ended(call("GET", "/ok", "", "done")).reason())
                .isEqualTo("HTTP 200, and the answer does not contain \"done\"");
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThat(ended(get("/moved")).reason()).isEqualTo("HTTP 302, expected 200 to 299");
    }

    @Test
    void ofAHugeAnswerOnlyTheBeginningIsRead() {
        assertThat(ended(get("/huge")).exitCode()).isZero();

        assertThat(heard.output("t@1").length()).isLessThanOrEqualTo(16 * 1024);
    }

    @Test
    void aRefusedConnectionFailsWithoutTellingSecrets() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var url = URI.create("http://127.0.0.1:" + port + "/hook?key=s3cret");
        var ended = ended(new Work.Http("GET", url, new TreeMap<>(), "s3cret", new TreeSet<>(), ""));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.reason())
                .startsWith("no answer to GET http://127.0.0.1:" + port + "/hook: ConnectException")
                .doesNotContain("s3cret");
        assertThat(heard.output("t@1")).isEmpty();
    }

    @Test
    void anUnknownHostFailsWithItsReason() {
        var url = URI.create("http://no-such-host.invalid/");

        assertThat(ended(new Work.Http("GET", url, new TreeMap<>(), "", new TreeSet<>(), ""))
                        .reason())
                .startsWith("no answer to GET http://no-such-host.invalid/: ");
    }

    @Test
    void aStopGivesUpACallThatIsNotAnswered() {
        calls.start(run("t@1", 0), get("/never"));
        heard.await("t@1", RunEvent.Started.class);

        calls.stop("t@1", Duration.ofSeconds(10));

        assertThat(heard.awaitEnd("t@1").exitCode()).isEqualTo(RunBody.STOPPED);
    }

    @Test
    void aStopGivesUpAnAnswerThatDoesNotEnd() {
        calls.start(run("t@1", 0), get("/trickle"));
        heard.await("t@1", RunEvent.Started.class);

        calls.stop("t@1", Duration.ofSeconds(10));

        assertThat(heard.awaitEnd("t@1").exitCode()).isEqualTo(RunBody.STOPPED);
        assertThat(heard.of("t@1")).noneMatch(RunEvent.NotStopped.class::isInstance);
    }
}
