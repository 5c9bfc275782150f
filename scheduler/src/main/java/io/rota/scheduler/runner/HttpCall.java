package io.rota.scheduler.runner;

import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Run;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One HTTP request of a run. Succeeds if status and body of the answer are as expected. Redirects are answers like any
 * other: nothing follows them. Reads at most 1 MiB of the answer; status, time and the beginning of the answer are the
 * run's output. Headers, body and query of the request appear in neither output nor reasons, since they may hold secrets.
 */
final class HttpCall implements RunBody {
    /** Names the occurrence, the same in every try on every node: the server may refuse what it has done already. */
    static final String RUN_ID = "X-Rota-Run-Id";
    /** The fencing token, where the task has one. */
    static final String FENCE_TOKEN = "X-Fence-Token";
    /** Most bytes of an answer that are read. */
    static final int MAX_BYTES = 1 << 20;
    /** Most characters of an answer that are kept. */
    static final int MAX_CHARS = 16 * 1024 - 64;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Work.Http work;
    private final Run run;

    HttpCall(HttpClient client, Work.Http work, Run run) {
        this.client = client;
        this.work = work;
        this.run = run;
    }

    /** The client of a node. HTTP/1.1: one call, one exchange, nothing multiplexed with another task's. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    @Override
    public Outcome call(Line line) throws InterruptedException {
        long start = System.nanoTime();
        try {
            var answer = client.send(request(), head -> new BoundedBody(MAX_BYTES));
            var text = answer.body();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            line.output("HTTP " + answer.statusCode() + " in " + millis + " ms\n"
                    + text.substring(0, Math.min(text.length(), MAX_CHARS)));
            return judge(answer.statusCode(), text);
        } catch (IllegalArgumentException e) {
            // Its message may hold the value of a header: nobody but the other side is to read that.
            return Outcome.failed("the HTTP client refuses to make the request " + work.inWords());
        } catch (IOException e) {
            return Outcome.failed("no answer to " + work.inWords() + ": " + why(e));
        }
    }

    private HttpRequest request() {
        var request = HttpRequest.newBuilder(work.url())
                .method(
                        work.method(),
                        work.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(work.body()));
        work.headers().forEach(request::header);
        request.header(RUN_ID, run.id());
        run.fencingToken().ifPresent(token -> request.header(FENCE_TOKEN, Long.toString(token)));
        return request.build();
    }

    private Outcome judge(int status, String text) {
        if (!work.expects(status)) {
            var expected = work.expectStatus().isEmpty()
                    ? "200 to 299"
                    : work.expectStatus().toString();
            return Outcome.failed("HTTP " + status + ", expected " + expected);
        }
        if (!text.contains(work.expectBody())) {
            return Outcome.failed("HTTP " + status + ", and the answer does not contain \"" + work.expectBody() + "\"");
        }
        return Outcome.succeeded();
    }

    /** Many of these exceptions have no message, and say what they mean by their name or their cause. */
    private static String why(Throwable e) {
        var text = new StringBuilder(e.getClass().getSimpleName());
        if (e.getMessage() != null) {
            text.append(": ").append(e.getMessage());
        }
        var cause = e.getCause();
        if (e.getMessage() == null && cause != null && cause != e) {
            text.append(": ")
                    .append(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        }
        return text.toString();
    }
}
