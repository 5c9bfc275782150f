package io.rota.node.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java and web sources of all modules, as text. */
final class SourceTree {
    private static final Pattern METHOD_START = Pattern.compile("^    (?:[\\w@<].*)?\\)(?: throws [\\w., ]+)? \\{$");
    private static final Set<String> SKIPPED = Set.of("target", "target-25", ".git", "node_modules", ".build");

    private final Path root;

    SourceTree(Path root) {
        this.root = root;
    }

    /** The checkout that the test runs in. */
    static SourceTree find() {
        var dir = Path.of("").toAbsolutePath();
        while (dir != null && !Files.exists(dir.resolve("ARCHITECTURE.md"))) {
            dir = dir.getParent();
        }
        if (dir == null) {
            throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
        }
        return new SourceTree(dir);
    }

    Path root() {
        return root;
    }

    static List<Path> walk(Path root, String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName() != null
                            && file.getFileName().toString().matches(pattern))
                    .filter(file -> Stream.iterate(root.relativize(file), path -> path != null, Path::getParent)
                            .noneMatch(path -> path.getFileName() != null
                                    && SKIPPED.contains(path.getFileName().toString())))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> sources() throws IOException {
        return walk(root, ".*\\.(?:java|js|css)");
    }

    List<String> tooLong(int limit) throws IOException {
        var found = new ArrayList<String>();
        for (var file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > limit) {
                found.add(root.relativize(file) + " has " + lines + " lines");
            }
        }
        return found;
    }

    List<String> longMethods(int limit) throws IOException {
        var found = new ArrayList<String>();
        for (var file : walk(root, ".*\\.java")) {
            int start = -1;
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (METHOD_START.matcher(lines.get(i)).matches()) {
                    start = i;
                } else if (lines.get(i).equals("    }") && start >= 0) {
                    if (i - start + 1 > limit) {
                        found.add(root.relativize(file) + ":" + (start + 1) + " has " + (i - start + 1) + " lines");
                    }
                    start = -1;
                }
            }
        }
        return found;
    }

    List<String> named(String pattern) throws IOException {
        return walk(root, pattern).stream()
                .map(file -> root.relativize(file).toString())
                .toList();
    }

    List<String> containing(String pattern) throws IOException {
        var compiled = Pattern.compile(pattern);
        var found = new ArrayList<String>();
        for (var file : sources()) {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (compiled.matcher(lines.get(i)).find()) {
                    found.add(root.relativize(file) + ":" + (i + 1) + " "
                            + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    Set<String> packagesWithoutInfo() throws IOException {
        var found = new TreeSet<String>();
        for (var file : walk(root, ".*\\.java")) {
            boolean main = file.toString().contains("/src/main/java/");
            if (main && !Files.exists(file.resolveSibling("package-info.java"))) {
                found.add(root.relativize(file.resolveSibling("")).toString());
            }
        }
        return found;
    }
}
