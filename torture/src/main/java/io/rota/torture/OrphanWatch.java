package io.rota.torture;

import io.rota.torture.cluster.Cluster;
import io.rota.torture.cluster.TaskProcesses;
import io.rota.torture.history.NodeLife;
import io.rota.torture.history.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the process table once a second for processes whose node is gone, writes down each sight, and ends what is still
 * there when it has been judged, so that one orphan does not spoil all that follows. Thread-safe.
 */
final class OrphanWatch implements AutoCloseable {
    private static final long JUDGED_NANOS = TimeUnit.SECONDS.toNanos(14);

    private final Cluster cluster;
    private final List<Sighting> sightings = new ArrayList<>();
    private final Map<String, Long> bornNanos = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(runnable -> {
        var thread = new Thread(runnable, "orphan-watch");
        thread.setDaemon(true);
        return thread;
    });

    OrphanWatch(Cluster cluster) {
        this.cluster = cluster;
    }

    void start() {
        var unused = clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Looks once. */
    synchronized void look() {
        var lives = cluster.lives();
        for (var sighting : cluster.taskProcesses().look()) {
            long born = bornNanos.computeIfAbsent(sighting.boot(), boot -> sighting.atNanos());
            for (var life : lives) {
                boolean gone = life.end() != NodeLife.End.ALIVE;
                if (gone && life.node().equals(sighting.node()) && life.covers(born)) {
                    sightings.add(sighting);
                    if (sighting.atNanos() - life.endNanos() > JUDGED_NANOS) {
                        TaskProcesses.kill(List.of(sighting));
                    }
                }
            }
        }
    }

    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
