package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.SecretSource;
import io.rota.scheduler.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets of a task in the file: by reference only. */
final class ConfigSecretsTest {
    private static final String REMEDY = " (write NAME: {file: secrets/db} or NAME: {env: DB_PASSWORD})";

    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    @Test
    void secretsAreReadAsReferences() throws Exception {
        var task = texts.read(task("run: x", "secrets: {DB: {file: secrets/db}, KEY: {env: SET}}"))
                .tasks()
                .get(0);
        var work = (Work.Command) task.work();

        assertThat(work.secrets())
                .isEqualTo(Map.of("DB", new SecretSource.File("secrets/db"), "KEY", new SecretSource.Env("SET")));
        assertThat(work.beside(Path.of("/etc/rota")).secrets())
                .containsEntry("DB", new SecretSource.File("/etc/rota/secrets/db"));
        assertThat(task.toString()).as("the environment has SET=value").doesNotContain("value");
    }

    @Test
    void anotherReferenceIsAnotherProcess() throws Exception {
        var one = texts.read(task("run: x", "secrets: {DB: {file: a}}")).tasks().get(0);
        var other =
                texts.read(task("run: x", "secrets: {DB: {file: b}}")).tasks().get(0);

        assertThat(one.runsLike(other)).isFalse();
        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    }

    private static Arguments bad(String what, String text, String... problems) {
        return Arguments.of(what, text, List.of(problems));
    }

    static List<Arguments> refused() {
        return List.of(
                bad(
                        "a value",
                        task("run: x", "secrets: {DB: hunter2}"),
                        "rota.yaml:7:19: tasks.a.secrets: DB must hold keys and values, found \"hunter2\""),
                bad(
                        "neither",
                        task("run: x", "secrets: {DB: {}}"),
                        "rota.yaml:7:19: tasks.a.secrets.DB: a secret has either file or env" + REMEDY),
                bad(
                        "both",
                        task("run: x", "secrets: {DB: {file: a, env: B}}"),
                        "rota.yaml:7:26: tasks.a.secrets.DB: a secret has either file or env" + REMEDY),
                bad(
                        "unknown key",
                        task("run: x", "secrets: {DB: {path: a}}"),
                        "rota.yaml:7:19: tasks.a.secrets.DB: a secret has either file or env" + REMEDY,
                        "rota.yaml:7:20: tasks.a.secrets.DB: unknown key \"path\" (known here: file, env)"),
                bad(
                        "names",
                        task("run: x", "secrets: {A-B: {file: a}, ROTA_MARK: {file: b}, C: {env: D-E}}"),
                        "rota.yaml:7:15: tasks.a.secrets: \"A-B\" cannot be the variable of a secret"
                                + " (letters, digits and underscore; ROTA_ is Rota's own)",
                        "rota.yaml:7:31: tasks.a.secrets: \"ROTA_MARK\" cannot be the variable of a secret"
                                + " (letters, digits and underscore; ROTA_ is Rota's own)",
                        "rota.yaml:7:62: tasks.a.secrets.C: \"D-E\" cannot be the name of a variable"
                                + " (letters, digits and underscore)"),
                bad(
                        "in the environment too",
                        task("run: x", "environment: {DB: a}", "secrets: {DB: {file: a}}"),
                        "rota.yaml:8:15: tasks.a.secrets: DB is in environment too (keep one of them)"),
                bad(
                        "no process",
                        task("java: {class: A, jar: a.jar}", "secrets: {DB: {file: a}}"),
                        "rota.yaml:7:5: tasks.a: secrets is for command and run, and this task has java (remove it)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void wrongOnesAreRefusedWithPlaceAndReason(String what, String text, List<String> problems) throws IOException {
        assertThat(texts.problems(text)).as(what).isEqualTo(problems);
    }
}
