package io.rota.torture.cluster;

import io.rota.torture.history.LogError;
import io.rota.torture.history.NodeLife;
import io.rota.torture.nemesis.Fault;
import io.rota.torture.net.Commands;
import io.rota.torture.net.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The nodes, their files and their API. Thread-safe. */
public final class Cluster implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final int ADMIN_OFFSET = 2;
    private static final int SIZE_MEGABYTES = 32;

    private final Network network;
    private final RunDirectory files;
    private final boolean ownDisks;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<NodeAdmin> admins = new ArrayList<>();
    private final TaskProcesses processes;

    private Cluster(Network network, RunDirectory files, boolean ownDisks) {
        this.network = network;
        this.files = files;
        this.ownDisks = ownDisks;
        this.processes = new TaskProcesses(files.root().getFileName().toString());
    }

    /**
     * Writes all files, starts nothing.
     *
     * @param smallDisks true to give each node a small disk of its own, where that is permitted
     */
    public static Cluster prepare(
            Path jar, int count, Network network, RunDirectory files, Workload workload, boolean smallDisks)
            throws IOException {
        var key = files.file("cluster.key");
        Files.writeString(key, Commands.run(List.of("java", "-jar", jar.toString(), "keygen")));
        Commands.run(List.of("chmod", "600", key.toString()));
        var cluster = new Cluster(network, files, smallDisks && "root".equals(System.getProperty("user.name")));
        for (int node = 0; node < count; node++) {
            var name = Fault.name(node);
            var config = files.file(name + ".yaml");
            Files.writeString(config, ConfigText.of(node, count, network, files, NodeFile.first(workload)));
            Files.createDirectories(files.nodeFiles(name));
            if (cluster.ownDisks && !cluster.mount(name)) {
                throw new IOException("cannot mount a tmpfs for " + name);
            }
            var argv = new ArrayList<String>(List.of("java"));
            argv.addAll(JVM);
            argv.addAll(List.of("-jar", jar.toString(), "start", "--config", config.toString()));
            cluster.nodes.add(new NodeProcess(name, network.inside(node, argv), files.log(name)));
            var port = Integer.toString(network.firstPort(node) + ADMIN_OFFSET);
            cluster.admins.add(new NodeAdmin(network.inside(node, List.of("perl", "fetch.pl", port)), files.root()));
        }
        return cluster;
    }

    private boolean mount(String name) {
        return Commands.works(List.of(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + SIZE_MEGABYTES + "m",
                "tmpfs",
                files.nodeFiles(name).toString()));
    }

    /** Gives a node another config file, whole at once; it notices that by itself. */
    public void configure(int node, NodeFile content) throws IOException {
        var config = files.file(Fault.name(node) + ".yaml");
        var next = files.file(Fault.name(node) + ".yaml.next");
        Files.writeString(next, ConfigText.of(node, nodes.size(), network, files, content));
        Files.move(next, config, StandardCopyOption.ATOMIC_MOVE);
    }

    /** How many nodes there are. */
    public int size() {
        return nodes.size();
    }

    /** The process of a node, by number from 0. */
    public NodeProcess node(int node) {
        return nodes.get(node);
    }

    /** The API of a node. */
    public NodeAdmin admin(int node) {
        return admins.get(node);
    }

    /** The links between them. */
    public Network network() {
        return network;
    }

    /** Their files. */
    public RunDirectory files() {
        return files;
    }

    /** True if each node has a small disk of its own that can be filled and made read-only. */
    public boolean hasOwnDisks() {
        return ownDisks;
    }

    /** The processes of their tasks. */
    public TaskProcesses taskProcesses() {
        return processes;
    }

    /** Starts all. */
    public void startAll() throws IOException {
        for (var node : nodes) {
            node.start();
        }
    }

    /** Tells all to end, at once. */
    public void tellAll() {
        var telling = nodes.stream()
                .map(node -> CompletableFuture.runAsync(() -> {
                    try {
                        node.tell();
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot signal " + node.name(), e);
                    }
                }))
                .toList();
        telling.forEach(CompletableFuture::join);
    }

    /** The lives of all nodes. */
    public List<NodeLife> lives() {
        return nodes.stream().flatMap(node -> node.lives().stream()).toList();
    }

    /** All lines of level ERROR in the nodes' logs. */
    public List<LogError> errors() throws IOException {
        var errors = new ArrayList<LogError>();
        for (var node : nodes) {
            if (Files.exists(files.log(node.name()))) {
                try (var lines = Files.lines(files.log(node.name()))) {
                    errors.addAll(lines.filter(line -> line.contains(" ERROR "))
                            .map(line -> new LogError(node.name(), line))
                            .collect(Collectors.toList()));
                }
            }
        }
        return errors;
    }

    /** Kills what is left of nodes, guards and tasks, and unmounts. */
    @Override
    public void close() {
        for (var node : nodes) {
            try {
                node.retire();
            } catch (IOException e) {
                node.pid().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        admins.forEach(NodeAdmin::close);
        TaskProcesses.kill(processes.look());
        if (ownDisks) {
            nodes.forEach(node -> Commands.works(
                    List.of("umount", "-l", files.nodeFiles(node.name()).toString())));
        }
    }
}
