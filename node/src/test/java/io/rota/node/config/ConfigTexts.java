package io.rota.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Config files as texts: what reading them gives, with the directory left out of the messages. */
final class ConfigTexts {
    /** A valid beginning of three lines. */
    static final String HEAD = """
            version: 1
            cluster: {insecure: true}
            node: {name: n1, bind: 127.0.0.1}
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of("SET", "value", "EMPTY", "");

    private final Path dir;

    ConfigTexts(Path dir) {
        this.dir = dir;
    }

    /** {@link #HEAD} and one task whose lines are these; the first of them is line 6. */
    static String task(String... lines) {
        return HEAD + "tasks:\n  a:\n" + "    " + String.join("\n    ", lines) + "\n";
    }

    /** A config whose node section is this, in line 3. */
    static String node(String fields) {
        return "version: 1\ncluster: {insecure: true}\nnode: {name: n1, bind: 127.0.0.1, " + fields + "}\n";
    }

    /** A config whose cluster section has these lines, from line 3. */
    static String cluster(String... lines) {
        return "version: 1\ncluster:\n  " + String.join("\n  ", lines) + "\nnode: {name: n1, bind: 127.0.0.1}\n";
    }

    NodeConfig read(String text) throws ConfigException, IOException {
        return read(text, ConfigFile.Overrides.none());
    }

    NodeConfig read(String text, ConfigFile.Overrides overrides) throws ConfigException, IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), overrides);
    }

    private NodeConfig read(byte[] bytes, ConfigFile.Overrides overrides) throws ConfigException, IOException {
        var file = dir.resolve("rota.yaml");
        Files.write(file, bytes);
        return ConfigFile.read(file, overrides, ENVIRONMENT::get);
    }

    List<String> problems(String text) throws IOException {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every problem as the user reads it; none if the file is good. */
    List<String> problems(byte[] bytes) throws IOException {
        try {
            read(bytes, ConfigFile.Overrides.none());
            return List.of();
        } catch (ConfigException e) {
            return shown(e);
        }
    }

    List<String> problemsOf(Path file) {
        try {
            ConfigFile.read(file, ConfigFile.Overrides.none(), ENVIRONMENT::get);
            return List.of();
        } catch (ConfigException e) {
            return shown(e);
        }
    }

    private List<String> shown(ConfigException e) {
        return e.problems().stream()
                .map(problem -> problem.toString().replace(dir + "/", ""))
                .toList();
    }
}
