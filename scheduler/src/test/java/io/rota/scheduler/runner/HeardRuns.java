package io.rota.scheduler.runner;

import io.rota.scheduler.engine.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Remembers what a runner reports. */
final class HeardRuns implements RunThreads.Listener {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, String> outputs = new ConcurrentHashMap<>();

    @Override
    public void onRunEvent(RunEvent event) {
        events.add(event);
    }

    @Override
    public void onOutput(String runId, String text) {
        outputs.merge(runId, text, String::concat);
    }

    List<RunEvent> of(String runId) {
        return events.stream().filter(event -> event.runId().equals(runId)).toList();
    }

    String output(String runId) {
        return outputs.getOrDefault(runId, "");
    }

    /** Waits for the first event of this kind about this run. */
    <T extends RunEvent> T await(String runId, Class<T> kind) {
        Awaitility.await().atMost(LIMIT).until(() -> of(runId).stream().anyMatch(kind::isInstance));
        return of(runId).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    RunEvent.Ended awaitEnd(String runId) {
        return await(runId, RunEvent.Ended.class);
    }
}
