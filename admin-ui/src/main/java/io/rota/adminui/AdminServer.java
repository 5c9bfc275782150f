package io.rota.adminui;

import io.javalin.Javalin;
import io.rota.scheduler.view.SchedulerCommands;
import io.rota.scheduler.view.SchedulerQueries;
import java.io.IOException;
import org.eclipse.jetty.server.ServerConnector;
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
    public static AdminServer start(AdminConfig config, SchedulerQueries queries, SchedulerCommands commands) {
        return start(config, queries, commands, EventPace.DEFAULT);
    }

    static AdminServer start(AdminConfig config, SchedulerQueries queries, SchedulerCommands commands, EventPace pace) {
        var connector = bind(config);
        var hub = new EventHub(queries, pace);
        try {
            var javalin = Javalin.start(javalinConfig -> {
                JettyParts.apply(connector, javalinConfig);
                Routes.addTo(javalinConfig, queries, commands, hub);
            });
            LOG.info("event=admin_started url=http://{}/", config.address(javalin.port()));
            return new AdminServer(javalin, hub);
        } catch (RuntimeException e) {
            hub.close();
            JettyParts.release(connector);
            throw new AdminStartException(
                    "admin server at " + config.address(config.port()) + " did not start: " + e.getMessage(), e);
        }
    }

    private static ServerConnector bind(AdminConfig config) {
        try {
            return JettyParts.bind(config);
        } catch (IOException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new AdminStartException(
                    "admin address " + config.address(config.port()) + " cannot be bound (" + cause.getMessage()
                            + "): stop the process that holds it or choose another admin port",
                    e);
        }
    }

    /** The port it listens on; the one that was given to it where the config said 0. */
    public int port() {
        return javalin.port();
    }

    int openStreams() {
        return hub.openStreams();
    }

    /** Ends all event streams, then stops listening; requests under way are cut. Idempotent. */
    @Override
    public void close() {
        // Streams first, so that each browser sees an end and reconnects; what is still stuck is cut by the stop.
        hub.close();
        javalin.stop();
    }
}
