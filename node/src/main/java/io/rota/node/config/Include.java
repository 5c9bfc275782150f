package io.rota.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of tasks that a config file includes: those in one directory whose names match. Immutable.
 *
 * @param directory beside the config file, or below
 * @param names what the names look like; {@code *} stands for any characters but a dot in front
 */
public record Include(Path directory, String names) {
    /** Most files that are included. */
    static final int MOST = 1000;

    static final String EXAMPLE = "write include: tasks.d/*.yaml";

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_*-][A-Za-z0-9_.*-]*\\.ya?ml");
    private static final Pattern DIRECTORY = Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*");

    /**
     * Reads a pattern like {@code tasks.d/*.yaml}.
     *
     * @throws IllegalArgumentException with a reason for a person
     */
    static Include parse(Path configFile, String pattern) {
        int end = pattern.lastIndexOf('/') + 1;
        var directory = pattern.substring(0, end);
        var names = pattern.substring(end);
        if (!DIRECTORY.matcher(directory).matches()) {
            throw new IllegalArgumentException(
                    "the directory \"" + directory + "\" is not one below this file's, without *");
        }
        if (!NAMES.matcher(names).matches()) {
            throw new IllegalArgumentException("\"" + names + "\" does not end in .yaml, or holds more than letters,"
                    + " digits, dot, dash, underscore and *");
        }
        return new Include(configFile.resolveSibling(directory), names);
    }

    /** What a config file includes; empty as well where that cannot be told from the file as it stands. */
    public static Optional<Include> of(Path configFile) {
        try {
            var fields = new YamlFile("", new java.util.ArrayList<>()).read(Files.readString(configFile));
            var field = fields == null ? null : fields.fields().get("include");
            return field != null && field.value() instanceof Located.Scalar pattern
                    ? Optional.of(parse(configFile, pattern.text()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            // Whoever reads the file says what is wrong with it.
            return Optional.empty();
        }
    }

    /**
     * The files by name, but never the config file itself.
     *
     * @throws IOException if the directory cannot be listed
     */
    public List<Path> files(Path configFile) throws IOException {
        var wanted = Pattern.compile(names.replace(".", "\\.").replace("*", ".*"));
        var listed = directory.toString().isEmpty() ? Path.of(".") : directory;
        try (Stream<Path> files = Files.list(listed)) {
            return files.map(file -> directory.resolve(file.getFileName().toString()))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file ->
                            wanted.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isRegularFile(file) && !file.equals(configFile))
                    .sorted()
                    .toList();
        }
    }
}
