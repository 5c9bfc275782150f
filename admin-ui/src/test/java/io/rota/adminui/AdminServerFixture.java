package io.rota.adminui;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A real server on a free port over {@link FakeQueries}, and two ways to talk to it. */
final class AdminServerFixture implements AutoCloseable {
    private static final EventPace QUICK =
            new EventPace(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(2));

    final FakeQueries queries;
    final FakeCommands commands = new FakeCommands();
    final AdminServer server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    AdminServerFixture(FakeQueries.World world) {
        queries = new FakeQueries(world);
        server = AdminServer.start(new AdminConfig("127.0.0.1", 0), queries, commands, QUICK);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(method, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    /** A POST with this body. */
    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        var builder = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(
                (headers.length == 0 ? builder : builder.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    EventReader events() throws IOException, InterruptedException {
        var response = client.send(
                request("GET", "/api/v1/events", "Accept", "text/event-stream"),
                HttpResponse.BodyHandlers.ofInputStream());
        return new EventReader(response);
    }

    private HttpRequest request(String method, String path, String... headers) {
        var builder = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.noBody());
        return (headers.length == 0 ? builder : builder.headers(headers)).build();
    }

    /** Sends a request word for word, which no client library does, and returns the whole answer. */
    String raw(String requestLine, String... headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            var text = requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
