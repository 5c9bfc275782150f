package io.rota.node.config;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Work;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a run of a task does: exactly one of {@code command}, {@code run}, {@code http}, {@code java}. */
final class WorkSection {
    private static final List<String> KINDS = List.of("command", "run", "http", "java");
    private static final String GIVE_ONE = "give one of them: command: [program, argument], run: a shell script,"
            + " http: {url: ...} or java: {class: ..., jar: ...}";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Section section;
    private final Guarantee guarantee;

    WorkSection(Section section, Guarantee guarantee) {
        this.section = section;
        this.guarantee = guarantee;
    }

    /** The work, or empty after a problem that leaves nothing to run. */
    Optional<Work> read() {
        var given = KINDS.stream().filter(section::has).toList();
        boolean process = given.contains("command") || given.contains("run");
        var workingDir = section.text("working_dir").orElse("");
        var environment = environment();
        var secrets = new SecretsSection(section).read(environment.keySet());
        var confinement = new ConfinementSection(section).read();
        if (given.size() != 1) {
            section.problemAt(
                    given.isEmpty() ? "command" : given.get(0),
                    given.isEmpty()
                            ? "there is none of " + String.join(", ", KINDS)
                            : "both " + String.join(" and ", given) + " are given",
                    GIVE_ONE);
            return Optional.empty();
        }
        if (!process) {
            Stream.concat(
                            Stream.of("working_dir", "environment", "secrets", "success"),
                            ConfinementSection.KEYS.stream())
                    .forEach(key -> section.problemAtKey(
                            key, key + " is for command and run, and this task has " + given.get(0), "remove it"));
        }
        if (given.contains("http")) {
            section.problemAtKey(
                    "params", "params reach a command or a Java task, and this task has http", "remove it");
        }
        return switch (given.get(0)) {
            case "http" -> section.section("http").flatMap(http -> new HttpSection(http, guarantee).read());
            case "java" -> section.section("java").flatMap(java -> java(java));
            default ->
                Optional.of(command())
                        .filter(command -> !command.isEmpty())
                        .map(command -> new Work.Command(command, workingDir, environment, secrets, confinement));
        };
    }

    private List<String> command() {
        if (section.has("run")) {
            return section.script("run")
                    .map(text -> List.of("/bin/sh", "-c", text))
                    .orElse(List.of());
        }
        return section.texts("command")
                .filter(command -> {
                    boolean named = !command.isEmpty() && !command.get(0).isBlank();
                    if (!named) {
                        section.problemAt("command", "command names no program", "write command: [program, argument]");
                    }
                    return named;
                })
                .orElseGet(List::of);
    }

    private Optional<Work> java(Section java) {
        var className = java.text("class");
        var jar = java.text("jar");
        SortedMap<String, String> parameters = java.has("parameters") ? java.map("parameters") : new TreeMap<>();
        require(java, "class", "write class: org.example.Cleanup");
        require(java, "jar", "write jar: plugins/cleanup.jar");
        java.end();
        for (var parameter : parameters.keySet()) {
            try {
                Work.Java.checkParameter(parameter);
            } catch (IllegalArgumentException e) {
                java.problemAt("parameters", String.valueOf(e.getMessage()), "a-z, 0-9 and underscore, a letter first");
                return Optional.empty();
            }
        }
        if (className.isEmpty() || jar.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Work.Java(className.get(), jar.get(), parameters));
        } catch (IllegalArgumentException e) {
            java.problemAt("class", String.valueOf(e.getMessage()), "write class: org.example.Cleanup");
            return Optional.empty();
        }
    }

    private static void require(Section section, String key, String remedy) {
        if (!section.has(key)) {
            section.problemAt(key, key + " is missing", remedy);
        }
    }

    /** True if this can be the name of an environment variable. */
    static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }

    private SortedMap<String, String> environment() {
        SortedMap<String, String> environment =
                section.has("environment") ? section.map("environment") : new TreeMap<>();
        for (var variable : environment.keySet()) {
            if (!isVariable(variable)) {
                section.problemAt(
                        "environment",
                        "environment: \"" + variable + "\" cannot be the name of a variable",
                        "letters, digits and underscore");
            }
        }
        return environment;
    }
}
