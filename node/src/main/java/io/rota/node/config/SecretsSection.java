package io.rota.node.config;

import io.rota.scheduler.SecretSource;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads where the secrets of a task are to be found; the secrets themselves are read when a run starts. */
final class SecretsSection {
    private static final int MOST = 32;
    private static final String EXAMPLE = "write NAME: {file: secrets/db} or NAME: {env: DB_PASSWORD}";

    private final Section section;

    SecretsSection(Section section) {
        this.section = section;
    }

    /** @param taken variables that the task has already */
    SortedMap<String, SecretSource> read(Set<String> taken) {
        var secrets = new TreeMap<String, SecretSource>();
        if (!section.has("secrets")) {
            return secrets;
        }
        section.section("secrets").ifPresent(given -> {
            if (given.keys().size() > MOST) {
                section.problemAtKey("secrets", "a task has at most " + MOST + " secrets", "put them into one file");
            }
            for (var name : given.keys()) {
                checkName(given, name, taken);
                given.section(name).flatMap(SecretsSection::source).ifPresent(source -> secrets.put(name, source));
            }
        });
        return secrets;
    }

    private static void checkName(Section given, String name, Set<String> taken) {
        if (!WorkSection.isVariable(name) || name.startsWith("ROTA_")) {
            given.problemAtKey(
                    name,
                    "\"" + name + "\" cannot be the variable of a secret",
                    "letters, digits and underscore; ROTA_ is Rota's own");
        } else if (taken.contains(name)) {
            given.problemAtKey(name, name + " is in environment too", "keep one of them");
        }
    }

    private static Optional<SecretSource> source(Section secret) {
        var file = secret.text("file");
        var variable = secret.text("env");
        secret.end();
        if (secret.has("file") == secret.has("env")) {
            secret.problemAt("file", "a secret has either file or env", EXAMPLE);
            return Optional.empty();
        }
        if (variable.isPresent() && !WorkSection.isVariable(variable.get())) {
            secret.problemAt(
                    "env",
                    "\"" + variable.get() + "\" cannot be the name of a variable",
                    "letters, digits and underscore");
            return Optional.empty();
        }
        return file.<SecretSource>map(SecretSource.File::new).or(() -> variable.map(SecretSource.Env::new));
    }
}
