package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Confinement;
import io.rota.scheduler.Limits;
import io.rota.scheduler.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** User and limits of a task in the file. */
final class ConfigConfinementTest {
    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    private Confinement read(String... lines) throws ConfigException, IOException {
        return ((Work.Command) texts.read(task(lines)).tasks().get(0).work()).confinement();
    }

    @Test
    void taskThatSaysNothingRunsAsTheNodeWithoutLimits() throws Exception {
        assertThat(read("run: x")).isEqualTo(Confinement.NONE);
    }

    @Test
    void userAndLimitsAreRead() throws Exception {
        assertThat(read("run: x", "user: poller", "limits: {memory: 512M, cpus: 1.5, open_files: 200, processes: 30}"))
                .isEqualTo(new Confinement("poller", new Limits(512L << 20, 1_500, 200, 30)));
        assertThat(read("run: x", "limits: {memory: 4T}").limits().memoryBytes())
                .isEqualTo(1L << 42);
        assertThat(read("run: x", "limits: {memory: 4096K, cpus: 0.01}").limits())
                .isEqualTo(new Limits(4 << 20, 10, 0, 0));
    }

    @Test
    void shardsAndProbesShareThem() throws Exception {
        var shards = texts.read(task("run: x", "shards: 2", "user: poller")).tasks();
        var once = texts.read(task(
                        "run: x",
                        "user: poller",
                        "schedule: {every: 1h}",
                        "guarantee: once",
                        "probe: {command: [y], done: [0]}"))
                .tasks()
                .get(0);

        assertThat(((Work.Command) shards.get(1).work()).confinement().user()).isEqualTo("poller");
        assertThat(((Work.Command) once.doubt().probe().orElseThrow().work())
                        .confinement()
                        .user())
                .isEqualTo("poller");
    }

    @Test
    void changeOfUserOrLimitsIsAnotherProcess() throws Exception {
        var plain = texts.read(task("run: x")).tasks().get(0);
        var other =
                texts.read(task("run: x", "limits: {open_files: 64}")).tasks().get(0);

        assertThat(plain.runsLike(other)).isFalse();
        assertThat(plain.fingerprint()).isNotEqualTo(other.fingerprint());
    }

    private static Arguments bad(String what, String text, String... problems) {
        return Arguments.of(what, text, List.of(problems));
    }

    static List<Arguments> refused() {
        return List.of(
                bad(
                        "number for a user",
                        task("run: x", "user: 1001"),
                        "rota.yaml:7:11: tasks.a: user \"1001\" cannot be the name of an account"
                                + " (write the name, not the number)"),
                bad(
                        "memory without unit",
                        task("run: x", "limits: {memory: 512}"),
                        "rota.yaml:7:22: tasks.a.limits: memory must be from 4M to 4T, found \"512\""
                                + " (write 512M or 2G)"),
                bad(
                        "too little and too much memory",
                        task("run: x", "limits: {memory: 4095K}"),
                        "rota.yaml:7:22: tasks.a.limits: memory must be from 4M to 4T, found \"4095K\""
                                + " (write 512M or 2G)"),
                bad(
                        "far too much memory",
                        task("run: x", "limits: {memory: 999999999T}"),
                        "rota.yaml:7:22: tasks.a.limits: memory must be from 4M to 4T, found \"999999999T\""
                                + " (write 512M or 2G)"),
                bad(
                        "no processor",
                        task("run: x", "limits: {cpus: 0.001}"),
                        "rota.yaml:7:20: tasks.a.limits: cpus must be a number from 0.01 to 1024, found \"0.001\""),
                bad(
                        "few files",
                        task("run: x", "limits: {open_files: 3, processes: 0}"),
                        "rota.yaml:7:26: tasks.a.limits: open_files must be a number from 16 to 1048576, found \"3\"",
                        "rota.yaml:7:40: tasks.a.limits: processes must be a number from 1 to 1000000, found \"0\""),
                bad(
                        "unknown limit",
                        task("run: x", "limits: {disk: 1G}"),
                        "rota.yaml:7:14: tasks.a.limits: unknown key \"disk\" (known here: memory, cpus, open_files, processes)"),
                bad(
                        "no process",
                        task("java: {class: A, jar: a.jar}", "user: poller", "limits: {cpus: 1}"),
                        "rota.yaml:7:5: tasks.a: user is for command and run, and this task has java (remove it)",
                        "rota.yaml:8:5: tasks.a: limits is for command and run, and this task has java (remove it)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void wrongOnesAreRefusedWithPlaceAndReason(String what, String text, List<String> problems) throws IOException {
        assertThat(texts.problems(text)).as(what).isEqualTo(problems);
    }
}
