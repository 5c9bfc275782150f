package io.rota.scheduler.runner;

import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Run;
import java.net.http.HttpClient;
import java.time.Duration;

/** The HTTP calls of a node: at most 64 at once, each on a thread of its own. Thread-safe; does not block. */
public final class HttpCalls implements AutoCloseable {
    private static final RunThreads.Limits LIMITS = new RunThreads.Limits(64, 10_000, Duration.ofSeconds(30));

    private final HttpClient client = HttpCall.client();
    private final RunThreads threads;

    public HttpCalls(RunThreads.Listener listener) {
        this.threads = new RunThreads("http-calls", LIMITS, listener);
    }

    /** Makes the call as soon as a thread is free; answered by events. */
    public void start(Run run, Work.Http work) {
        threads.start(run.id(), new HttpCall(client, work, run));
    }

    /** Gives the call up. What it has set off on the other side goes on. */
    public void stop(String runId, Duration grace) {
        threads.stop(runId, grace);
    }

    @Override
    public void close() {
        threads.close();
    }
}
