package io.rota.adminui;

import io.rota.adminui.json.HeartbeatJson;
import io.rota.adminui.json.SnapshotJson;
import io.rota.scheduler.view.SchedulerQueries;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one snapshot to all event streams whenever something changed, at most a few times a second, and a heartbeat in
 * between. A new stream gets a snapshot at once. It listens to the node only while somebody watches. Thread-safe; the
 * work is done on one thread, {@code admin-events}, which never touches a socket that could block.
 */
final class EventHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final int MAX_STREAMS = 64;

    private final SchedulerQueries queries;
    private final EventPace pace;
    private final ScheduledThreadPoolExecutor thread;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sendDue = new AtomicBoolean();

    // Confined to the admin-events thread.
    private SchedulerQueries.@Nullable Subscription subscription;
    private @Nullable SnapshotJson lastSent;
    private byte[] lastFrame = new byte[0];
    private long lastSentNanos;
    private long sequence;

    EventHub(SchedulerQueries queries, EventPace pace) {
        this.queries = queries;
        this.pace = pace;
        thread = new ScheduledThreadPoolExecutor(1, work -> {
            var made = new Thread(work, "admin-events");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        var beatNanos = pace.heartbeat().toNanos();
        var unused = thread.scheduleAtFixedRate(guarded(this::heartbeat), beatNanos, beatNanos, TimeUnit.NANOSECONDS);
    }

    boolean hasRoom() {
        return streams.size() < MAX_STREAMS;
    }

    int openStreams() {
        return streams.size();
    }

    /** Takes a stream in; its first frame is a snapshot. */
    void add(EventStream stream) {
        streams.add(stream);
        var unused = stream.ended().whenComplete((nothing, failure) -> {
            streams.remove(stream);
            later(this::leaveIfAlone, 0);
        });
        stream.begin();
        later(() -> welcome(stream), 0);
    }

    /** Ends all streams; nothing is sent afterwards. Idempotent. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(500, TimeUnit.MILLISECONDS)) {
                LOG.warn("event=admin_events_slow_stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave();
        streams.forEach(EventStream::end);
    }

    private void welcome(EventStream stream) {
        if (subscription == null) {
            subscription = queries.onChange(this::changed);
        }
        if (takeSnapshot()) {
            streams.forEach(each -> each.offer(lastFrame));
        } else {
            stream.offer(lastFrame);
        }
    }

    /** Called from any thread of the node: it only marks and schedules. */
    private void changed() {
        if (sendDue.compareAndSet(false, true)) {
            later(this::scheduleSend, 0);
        }
    }

    private void scheduleSend() {
        var sinceLast = System.nanoTime() - lastSentNanos;
        later(this::send, Math.max(0, pace.betweenSnapshots().toNanos() - sinceLast));
    }

    private void send() {
        sendDue.set(false);
        lastSentNanos = System.nanoTime();
        if (takeSnapshot()) {
            streams.forEach(stream -> stream.offer(lastFrame));
        }
    }

    /** Returns true if it shows something new. */
    private boolean takeSnapshot() {
        var snapshot = SnapshotJson.from(queries);
        var news = lastSent == null || !snapshot.showsTheSameAs(lastSent);
        if (news) {
            sequence++;
        }
        lastSent = snapshot;
        lastFrame = EventFrame.snapshot(sequence, snapshot);
        return news;
    }

    private void heartbeat() {
        var nowNanos = System.nanoTime();
        for (var stream : streams) {
            if (stream.stalledNanos(nowNanos) > pace.patience().toNanos()) {
                LOG.info("event=admin_stream_cut reason=client_does_not_read");
                stream.end();
            }
        }
        if (!streams.isEmpty()) {
            var frame = EventFrame.heartbeat(HeartbeatJson.from(queries.cluster()));
            streams.forEach(stream -> stream.offerIfIdle(frame));
        }
    }

    private void leaveIfAlone() {
        if (streams.isEmpty()) {
            leave();
        }
    }

    private void leave() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    private void later(Runnable work, long delayNanos) {
        try {
            var unused = thread.schedule(guarded(work), delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("event=admin_hub_closed");
        }
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("event=admin_events_failed", e);
            }
        };
    }
}
