package io.rota.adminui.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rota.adminui.json.ArbitrationJson;
import io.rota.adminui.json.FileOutlineJson;
import io.rota.adminui.json.Json;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.view.FileOutline;
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

    /** The cluster as the node sees it. */
    public Reply cluster() throws NoAnswerException, InterruptedException {
        return get("/api/v1/cluster");
    }

    /** How a node stands with draining. */
    public Reply drainOf(String node) throws NoAnswerException, InterruptedException {
        return get("/api/v1/nodes/" + encoded(node) + "/drain");
    }

    /** Drains a node. */
    public Reply drain(String node, boolean allowBlocked) throws NoAnswerException, InterruptedException {
        return post("/api/v1/nodes/" + encoded(node) + "/drain", Map.of("allowBlocked", allowBlocked));
    }

    /** Has a node take part again. */
    public Reply undrain(String node) throws NoAnswerException, InterruptedException {
        return post("/api/v1/nodes/" + encoded(node) + "/undrain", Map.of());
    }

    /** Has the node read its own file again. */
    public Reply reload() throws NoAnswerException, InterruptedException {
        return post("/api/v1/reload", Map.of());
    }

    /** Asks what a task file would change. */
    public Reply plan(TaskFile file) throws NoAnswerException, InterruptedException {
        return post("/api/v1/plan", FileOutlineJson.from(FileOutline.of(file)));
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

    private Reply get(String path) throws NoAnswerException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).build());
    }

    private Reply post(String path, Object body) throws NoAnswerException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("X-Rota-Command", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build());
    }

    private Reply send(HttpRequest request) throws NoAnswerException, InterruptedException {
        return send(request, response -> new Reply(response.statusCode(), MAPPER.readTree(response.body())));
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
}
