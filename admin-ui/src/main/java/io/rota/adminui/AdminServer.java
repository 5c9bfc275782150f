package io.rota.adminui;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import io.rota.scheduler.view.SchedulerQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin face of one node: REST API, live events and the web page, on one loopback port. Answers come from immutable
 * snapshots, so a slow browser costs the node nothing. Thread-safe; {@link #close()} ends event streams first and is
 * back within a second.
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    private final Javalin javalin;
    private final EventHub hub;

    private AdminServer(Javalin javalin, EventHub hub) {
        this.javalin = javalin;
        this.hub = hub;
    }

    /**
     * Starts listening.
     *
     * @throws AdminStartException if the address cannot be bound; nothing is left running then
     */
    public static AdminServer start(AdminConfig config, SchedulerQueries queries) {
        var hub = new EventHub(queries, EventHub.Pace.DEFAULT);
        var jetty = JettyParts.server();
        try {
            var javalin = Javalin.start(javalinConfig -> {
                JettyParts.apply(config, jetty, javalinConfig);
                Routes.addTo(javalinConfig, queries, hub);
            });
            LOG.info("event=admin_started url=http://{}/", config.address(javalin.port()));
            return new AdminServer(javalin, hub);
        } catch (RuntimeException e) {
            hub.close();
            JettyParts.stopQuietly(jetty);
            throw startFailure(config, e);
        }
    }

    /** The port it listens on; the one that was given to it where the config said 0. */
    public int port() {
        return javalin.port();
    }

    /** Ends all event streams, then stops listening; requests under way are cut. Idempotent. */
    @Override
    public void close() {
        // Streams first: an open stream would keep the stop waiting for its client.
        hub.close();
        javalin.stop();
    }

    private static AdminStartException startFailure(AdminConfig config, RuntimeException cause) {
        var address = config.address(config.port());
        if (cause instanceof JavalinBindException) {
            return new AdminStartException(
                    "admin address " + address + " cannot be bound (" + rootMessage(cause)
                            + "): stop the process that holds it or choose another admin port",
                    cause);
        }
        return new AdminStartException("admin server at " + address + " did not start: " + rootMessage(cause), cause);
    }

    private static String rootMessage(Throwable failure) {
        var root = failure;
        for (var next = root.getCause(); next != null; next = root.getCause()) {
            root = next;
        }
        var message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
