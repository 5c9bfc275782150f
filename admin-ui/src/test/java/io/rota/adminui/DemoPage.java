package io.rota.adminui;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves the admin page over a make-believe cluster, to look at it: {@code DemoPage [scene] [port]}; scenes are those of
 * {@link DemoCluster.Scene}. Runs until it is stopped.
 */
final class DemoPage {
    private static final int TICK_MILLIS = 250;

    private DemoPage() {}

    /** Starts the page. */
    public static void main(String[] args) {
        var scene = DemoCluster.Scene.valueOf(args.length > 0 ? args[0].toUpperCase(Locale.ROOT) : "LIVELY");
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 7702;
        var cluster = new DemoCluster(scene, Instant.now());
        var queries = new FakeQueries(cluster.step(Instant.now()));
        var server = AdminServer.start(new AdminConfig("127.0.0.1", port), queries, new FakeCommands());
        System.out.println("demo: http://127.0.0.1:" + server.port() + "/");
        var ticker = Executors.newSingleThreadScheduledExecutor();
        var ticking = ticker.scheduleAtFixedRate(
                () -> queries.become(cluster.step(Instant.now())), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ticking.cancel(false);
            server.close();
        }));
    }
}
