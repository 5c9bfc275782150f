package io.rota.node.peer;

import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections on which nobody has proved the cluster key yet. Each has three seconds for it, however busily it sends;
 * when there are too many, the oldest goes, so that a member, who needs milliseconds, always finds a place. Those that
 * end as strangers are counted, and one line a minute says so. Thread-safe.
 */
final class Strangers implements Connection.Listener, SslHandshakeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final int LIMIT = 256;
    private static final long PROOF_MILLIS = 3_000;
    private static final long COMPLAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Oldest first. */
    private final Map<SSLEngine, Unproven> unproven = new LinkedHashMap<>();

    private final Scheduler scheduler;
    private long count;
    private long complainedCount;
    private long complainedNanos = System.nanoTime() - COMPLAIN_NANOS;

    private record Unproven(EndPoint endPoint, SocketAddress from, Scheduler.Task limit) {}

    Strangers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    synchronized long count() {
        return count;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection tls) {
            var eldest = add(tls);
            if (eldest != null) {
                end(eldest, "too many others came after it");
            }
        }
    }

    @Override
    public void handshakeSucceeded(Event event) {
        var proven = remove(event.getSSLEngine());
        if (proven != null) {
            proven.limit().cancel();
        }
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        end(event.getSSLEngine(), String.valueOf(failure.getMessage()));
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof SslConnection tls) {
            end(tls.getSSLEngine(), "it hung up");
        }
    }

    private synchronized @Nullable SSLEngine add(SslConnection tls) {
        var engine = tls.getSSLEngine();
        var limit = scheduler.schedule(() -> end(engine, "it was too slow"), PROOF_MILLIS, TimeUnit.MILLISECONDS);
        unproven.put(engine, new Unproven(tls.getEndPoint(), tls.getEndPoint().getRemoteSocketAddress(), limit));
        return unproven.size() > LIMIT ? unproven.keySet().iterator().next() : null;
    }

    private synchronized @Nullable Unproven remove(SSLEngine engine) {
        return unproven.remove(engine);
    }

    private void end(SSLEngine engine, String why) {
        var stranger = remove(engine);
        if (stranger != null) {
            stranger.limit().cancel();
            complain(stranger.from(), why);
            stranger.endPoint().close();
        }
    }

    private synchronized void complain(SocketAddress from, String why) {
        count++;
        if (System.nanoTime() - complainedNanos >= COMPLAIN_NANOS) {
            LOG.warn(
                    "connections to the peer port that did not prove the cluster key: another cluster key, or no"
                            + " member of this cluster count={} last={} reason=\"{}\"",
                    count - complainedCount,
                    from,
                    why);
            complainedNanos = System.nanoTime();
            complainedCount = count;
        }
    }
}
