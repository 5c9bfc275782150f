package io.rota.adminui.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rota.adminui.json.ArbitrationJson;
import io.rota.adminui.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command of the CLI says to the admin port of a node, over the same API as the page. Each call waits for its
 * answer, twenty seconds at most. Immutable.
 */
public final class AdminClient {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** @param base {@code http://host:port} of a node's admin server */
    public AdminClient(URI base) {
        this.base = base;
    }

    /**
     * What the node answered.
     *
     * @param status HTTP status
     * @param body the resource; a problem as RFC 9457 shapes it where the status is 400 or more
     */
    public record Reply(int status, Map<String, String> body) {
        public Reply {
            body = Map.copyOf(body);
        }

        /** True if the node did what it was told. */
        public boolean isDone() {
            return status < 300;
        }

        /** A plain field of the body; empty if it is not there. */
        public String text(String field) {
            return body.getOrDefault(field, "");
        }
    }

    /** The node could not be talked to, or what answers there is no Rota; the message is one line with the remedy. */
    public static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Begins a run. */
    public Reply run(String task, String key, Map<String, String> params)
            throws NoAnswerException, InterruptedException {
        var path = "/api/v1/tasks/" + URLEncoder.encode(task, StandardCharsets.UTF_8) + "/runs";
        return post(path, Map.of("key", key, "params", params));
    }

    /** Says what became of a run in doubt. */
    public Reply decide(String task, String runId, String decision, String reason, String by)
            throws NoAnswerException, InterruptedException {
        var path = "/api/v1/tasks/" + encoded(task) + "/runs/" + encoded(runId) + "/decision";
        return post(path, Map.of("decision", decision, "reason", reason, "by", by));
    }

    /** Who the arbiters are, and where each stands. */
    public ArbitrationJson arbiters() throws NoAnswerException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve("/api/v1/arbiters"))
                .timeout(LIMIT)
                .build();
        return send(request, response -> MAPPER.readValue(response.body(), ArbitrationJson.class));
    }

    /**
     * Changes the list of arbiters.
     *
     * @param leaving the arbiter that is replaced, or empty: the list grows
     */
    public Reply changeArbiters(String leaving, List<String> joining, String reason, String by)
            throws NoAnswerException, InterruptedException {
        var body = new TreeMap<String, Object>(Map.of("add", joining, "reason", reason, "by", by));
        if (!leaving.isEmpty()) {
            body.put("replace", leaving);
        }
        return post("/api/v1/arbiters", body);
    }

    /** As one segment of a path. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Reply post(String path, Map<String, ?> body) throws NoAnswerException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("X-Rota-Command", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
        return send(request, AdminClient::reply);
    }

    private interface Reader<T> {
        T read(HttpResponse<String> response) throws JsonProcessingException;
    }

    private <T> T send(HttpRequest request, Reader<T> reader) throws NoAnswerException, InterruptedException {
        try {
            return reader.read(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (JsonProcessingException e) {
            throw new NoAnswerException("what listens at " + base + " is no Rota node: check --admin", e);
        } catch (IOException e) {
            throw new NoAnswerException(
                    "no node answers at " + base + ": start one here, or name another by --admin URL", e);
        }
    }

    private static Reply reply(HttpResponse<String> response) throws JsonProcessingException {
        var fields = new TreeMap<String, String>();
        var body = MAPPER.readTree(response.body());
        body.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isValueNode() && !value.isNull()) {
                fields.put(field.getKey(), value.asText());
            }
        });
        return new Reply(response.statusCode(), fields);
    }
}
