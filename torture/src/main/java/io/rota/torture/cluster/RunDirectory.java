package io.rota.torture.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All files of one run of the harness. Immutable. */
public record RunDirectory(Path root) {

    /** Makes it, with the scripts inside. */
    public static RunDirectory create() throws IOException {
        var made = new RunDirectory(Files.createTempDirectory("rota-torture-"));
        for (var script : List.of("witness.pl", "fetch.pl")) {
            Files.writeString(made.file(script), resource(script));
        }
        Files.createFile(made.witness());
        return made;
    }

    /** A file of that name in it. */
    public Path file(String name) {
        return root.resolve(name);
    }

    /** What the tasks write. */
    public Path witness() {
        return file("witness.log");
    }

    /** What a node says. */
    public Path log(String node) {
        return file(node + ".log");
    }

    /** Where a node keeps its files. */
    public Path nodeFiles(String node) {
        return file("data-" + node);
    }

    /** Removes it; what cannot be removed stays. */
    public void delete() {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            root.toFile().deleteOnExit();
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RunDirectory.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
