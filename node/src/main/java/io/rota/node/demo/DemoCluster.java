package io.rota.node.demo;

import io.rota.node.jvm.OwnJvm;
import io.rota.scheduler.loop.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Three nodes as real processes on loopback, and the world that feeds them. Thread-safe. */
final class DemoCluster implements AutoCloseable {
    static final int NODES = 3;

    private static final int FIRST_PORT = 7700;
    private static final int LAST_PORT = 9700;
    private static final int PORT_STEP = 100;
    private static final int NODE_STEP = 10;
    private static final int PORTS_PER_NODE = 4;
    private static final int ADMIN_OFFSET = 2;
    private static final long FEED_MILLIS = 500;
    private static final long STOP_SECONDS = 15;

    private final DemoFiles files;
    private final List<Integer> portBases;
    private final List<Process> nodes = new ArrayList<>();
    private volatile boolean keepFiles;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Ticker world = new Ticker("world", 1);

    private DemoCluster(DemoFiles files, List<Integer> portBases) {
        this.files = files;
        this.portBases = portBases;
    }

    static DemoCluster start() throws IOException {
        var bases = freePortBases();
        var cluster = new DemoCluster(DemoFiles.make(bases), bases);
        for (int i = 0; i < NODES; i++) {
            cluster.nodes.add(cluster.launch(i));
        }
        cluster.world.every(FEED_MILLIS, cluster::feed);
        return cluster;
    }

    private static List<Integer> freePortBases() throws IOException {
        for (int first = FIRST_PORT; first <= LAST_PORT; first += PORT_STEP) {
            var bases = new ArrayList<Integer>();
            for (int node = 0; node < NODES; node++) {
                if (allFree(first + node * NODE_STEP)) {
                    bases.add(first + node * NODE_STEP);
                }
            }
            if (bases.size() == NODES) {
                return bases;
            }
        }
        throw new IOException("no free ports between " + FIRST_PORT + " and " + LAST_PORT);
    }

    private static boolean allFree(int base) {
        for (int port = base; port < base + PORTS_PER_NODE; port++) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private Process launch(int node) throws IOException {
        return new ProcessBuilder(OwnJvm.command(
                        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        List.of("start", "--config", files.config(node).toString())))
                .directory(files.dir().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log(node).toFile()))
                .start();
    }

    private void feed() {
        try {
            Files.writeString(files.feed(), "order placed at " + Instant.now() + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            world.close();
        }
    }

    DemoFiles files() {
        return files;
    }

    String adminUrl(int node) {
        return "http://127.0.0.1:" + (portBases.get(node) + ADMIN_OFFSET) + "/";
    }

    long pid(int node) {
        return nodes.get(node).pid();
    }

    /** kill -9. */
    void kill(int node) {
        nodes.get(node).destroyForcibly();
    }

    boolean isAlive(int node) {
        return nodes.get(node).isAlive();
    }

    /** The body of an answer of a node's API, empty if it does not answer. */
    String get(int node, String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(adminUrl(node) + path))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        }
    }

    /** Leaves the files for a person to read. */
    void keepFiles() {
        keepFiles = true;
    }

    /** Ends all nodes in good order, by force after a while, and clears up. */
    @Override
    public void close() {
        world.close();
        nodes.forEach(Process::destroy);
        for (var node : nodes) {
            try {
                if (!node.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    node.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                node.destroyForcibly();
            }
        }
        if (!keepFiles) {
            files.delete();
        }
    }
}
