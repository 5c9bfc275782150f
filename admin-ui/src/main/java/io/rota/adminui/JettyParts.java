package io.rota.adminui;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP engine under the admin server, kept small: no handler ever blocks, so a few daemon threads serve all
 * browsers. Every thread name begins with {@code admin-}.
 */
final class JettyParts {
    private static final Logger LOG = LoggerFactory.getLogger(JettyParts.class);
    private static final int MAX_THREADS = 8;
    private static final int MIN_THREADS = 2;
    private static final int THREAD_IDLE_MILLIS = 10_000;
    private static final int CONNECTION_IDLE_MILLIS = 20_000;

    private JettyParts() {}

    /** Takes the port before anything else is started, so that a port in use is one exception and nothing more. */
    static ServerConnector bind(AdminConfig config) throws IOException {
        var connector = new ServerConnector(server(), 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(config.host().equals("[::1]") ? "::1" : config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(CONNECTION_IDLE_MILLIS);
        connector.open();
        return connector;
    }

    static void apply(ServerConnector connector, JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        // The default server would add a low-resource monitor and threads of other names.
        javalin.unsafe.jettyInternal.server = connector.getServer();
        javalin.jetty.addConnector((server, http) -> connector);
    }

    private static Server server() {
        var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, THREAD_IDLE_MILLIS);
        threads.setName("admin-http");
        threads.setDaemon(true);
        var server = new Server(threads, new ScheduledExecutorScheduler("admin-timer", true), null);
        server.setErrorHandler(new EngineErrors());
        return server;
    }

    /** Strict paths: what could be read in two ways is refused before it reaches a route. */
    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setSendServerVersion(false);
        return http;
    }

    /** Releases what a failed start may have left. */
    static void release(ServerConnector connector) {
        try {
            connector.getServer().stop();
            connector.close();
        } catch (Exception e) {
            LOG.warn("event=admin_stop_failed", e);
        }
    }
}
