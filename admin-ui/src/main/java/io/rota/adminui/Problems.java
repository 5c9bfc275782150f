package io.rota.adminui;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.rota.adminui.json.CommandJson;
import io.rota.adminui.json.Json;
import io.rota.adminui.json.ProblemJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error of the API as {@code application/problem+json} (RFC 9457). */
final class Problems {
    static final String CONTENT_TYPE = "application/problem+json";
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(406, "Not acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content too large"),
            Map.entry(415, "Unsupported media type"),
            Map.entry(421, "Misdirected request"),
            Map.entry(500, "Internal error"),
            Map.entry(503, "Not available"));

    private Problems() {}

    static ProblemJson of(int status, String detail) {
        var title = TITLES.getOrDefault(status, "Refused");
        var type = "/problems/" + title.toLowerCase(Locale.ROOT).replace(' ', '-');
        return new ProblemJson(type, title, status, detail, List.of());
    }

    /** An error that a route or the router answers with on purpose. */
    static void answer(HttpResponseException failure, Context ctx) {
        var detail = String.valueOf(failure.getMessage());
        if (failure.getStatus() == 404 && detail.startsWith("Endpoint ")) {
            detail = "Nothing lives at " + ctx.path() + ".";
        }
        if (failure.getStatus() == 405) {
            var allowed =
                    failure.getDetails().getOrDefault("availableMethods", "").contains("POST")
                            ? "GET, HEAD, POST"
                            : "GET, HEAD";
            ctx.header("Allow", allowed);
            detail = ctx.method() + " is not possible here; possible is " + allowed + ".";
        }
        write(of(failure.getStatus(), detail), ctx);
    }

    /** An error nobody foresaw: logged in full, told in brief. */
    static void answerUnforeseen(Exception failure, Context ctx) {
        LOG.error("event=admin_request_failed method={} path={}", ctx.method(), ctx.path(), failure);
        write(of(500, "The request failed; the node's log says why."), ctx);
    }

    /** The body of a command that is none. */
    static void answerUnreadable(CommandJson.NotACommandException failure, Context ctx) {
        write(of(400, String.valueOf(failure.getMessage())), ctx);
    }

    /** A command that nothing came of, for more than one reason. */
    static void answerErrors(String detail, List<String> errors, Context ctx) {
        var problem = of(409, detail);
        write(new ProblemJson(problem.type(), problem.title(), problem.status(), detail, errors), ctx);
    }

    private static void write(ProblemJson problem, Context ctx) {
        ctx.status(problem.status()).contentType(CONTENT_TYPE).result(Json.bytes(problem));
    }
}
