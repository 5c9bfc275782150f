package io.rota.node.demo;

import io.rota.node.config.ClusterKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The directory a demo cluster lives in: one config file a node, the task scripts, what the tasks write. Immutable. */
record DemoFiles(Path dir) {
    private static final List<String> SCRIPTS = List.of("witness.sh", "feed-poller.sh", "counter.sh");

    /** Writes everything that a cluster on these port bases needs. */
    static DemoFiles make(List<Integer> portBases) throws IOException {
        var files = new DemoFiles(Files.createTempDirectory("rota-demo-"));
        for (var script : SCRIPTS) {
            Files.writeString(files.dir.resolve(script), resource(script));
        }
        Files.writeString(files.dir.resolve("cluster.key"), ClusterKey.random().toBase64());
        Files.createFile(files.feed());
        for (int i = 0; i < portBases.size(); i++) {
            Files.writeString(files.config(i), config(i, portBases));
        }
        return files;
    }

    Path config(int node) {
        return dir.resolve(name(node) + ".yaml");
    }

    Path log(int node) {
        return dir.resolve(name(node) + ".log");
    }

    Path witness() {
        return dir.resolve("witness.log");
    }

    /** What the poller tails; the demo writes to it as the world outside would. */
    Path feed() {
        return dir.resolve("feed.txt");
    }

    /** Removes the directory; what cannot be removed stays. */
    void delete() {
        try (var files = Files.walk(dir)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            dir.toFile().deleteOnExit();
        }
    }

    static String name(int node) {
        return "n" + (node + 1);
    }

    private static String config(int node, List<Integer> portBases) {
        var seeds = new StringBuilder();
        for (int i = 0; i < portBases.size(); i++) {
            seeds.append(i == 0 ? "" : ", ")
                    .append(name(i))
                    .append("@127.0.0.1:")
                    .append(portBases.get(i));
        }
        return resource("demo.yaml")
                .replace("@SEEDS@", seeds)
                .replace("@NAME@", name(node))
                .replace("@PORT@", Integer.toString(portBases.get(node)));
    }

    static String resource(String name) {
        try (InputStream in = DemoFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the JAR lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
