package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks in files of their own: all or nothing, and each problem in its file. */
final class ConfigIncludeTest {
    private static final String INCLUDE = HEAD + "include: tasks.d/*.yaml\n";

    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    private void part(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(dir.resolve("tasks.d")).resolve(name), text);
    }

    @Test
    void tasksOfAllFilesAreOne() throws Exception {
        part("a.yaml", "tasks:\n  load: {run: x, needs: [extract]}\n");
        part("b.yaml", "tasks:\n  report: {run: '${SET}', schedule: manual}\n");
        part("c.txt", "no YAML: [");
        part(".d.yaml.swp", "no YAML: [");
        part(".e.yaml", "no YAML: [");

        var tasks = texts.read(INCLUDE + "tasks:\n  extract: {run: x, schedule: manual}\n")
                .tasks();

        assertThat(tasks).extracting(TaskDefinition::name).containsExactly("extract", "load", "report");
    }

    @Test
    void problemsNameTheirFile() throws Exception {
        part("a.yaml", "version: 1\ntasks:\n  load: {run: x, needs: [gone]}\n");
        part("b.yaml", "tasks: [\n");
        part("c.yaml", "tasks:\n  big: {run: x, schedule: manual, slots: 200}\n");

        assertThat(texts.problems(INCLUDE + "tasks:\n  x: {}\n"))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("rota.yaml:6:6: tasks.x: there is none of command"),
                        problem -> assertThat(problem).startsWith("tasks.d/a.yaml:1:1: unknown key \"version\""),
                        problem -> assertThat(problem)
                                .startsWith("tasks.d/a.yaml:3:25: tasks.load: needs: there is no task \"gone\""),
                        problem -> assertThat(problem).startsWith("tasks.d/b.yaml:2:1: not valid YAML"),
                        problem -> assertThat(problem).startsWith("tasks.d/c.yaml:2:42: tasks.big: slots must be"));
    }

    @Test
    void taskThatIsThereTwiceIsNamedWithBothPlaces() throws Exception {
        part("a.yaml", "tasks:\n  x: {run: x}\n");
        part("b.yaml", "tasks:\n  y: {run: x}\n  x: {run: y}\n");

        assertThat(texts.problems(INCLUDE + "tasks: {y: {run: x}}\n"))
                .containsExactly(
                        "tasks.d/b.yaml:2:3: tasks: there is a task \"y\" at rota.yaml:5:9 already (rename one of them)",
                        "tasks.d/b.yaml:3:3: tasks: there is a task \"x\" at tasks.d/a.yaml:2:3 already"
                                + " (rename one of them)");
    }

    @Test
    void includeThatFindsNothingIsNoEmptyFile() throws Exception {
        assertThat(texts.problems(INCLUDE).get(0))
                .startsWith("rota.yaml:4:10: include: the directory cannot be listed");

        Files.createDirectory(dir.resolve("tasks.d"));
        assertThat(texts.problems(INCLUDE))
                .containsExactly("rota.yaml:4:10: include: there are 0 such files (1 to 1000; without any, remove"
                        + " include)");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/rota/*.yaml, the directory \"/etc/rota/\"",
        "../tasks.d/*.yaml, the directory \"../tasks.d/\"",
        "a/../../x.yaml, the directory \"a/../../\"",
        "*/x.yaml, the directory \"*/\"",
        "tasks.d/, \"\" does not end in .yaml",
        "tasks.d/*, \"*\" does not end in .yaml",
        "tasks.d/{a}.yaml, \"{a}.yaml\" does not end in .yaml",
        "tasks.d/.hidden.yaml, \".hidden.yaml\" does not end in .yaml"
    })
    void patternOutsideOfTheFilesDirectoryIsRefused(String pattern, String problem) throws IOException {
        assertThat(texts.problems(HEAD + "include: '" + pattern + "'\n"))
                .singleElement()
                .asString()
                .startsWith("rota.yaml:4:10: include: " + problem)
                .endsWith("(write include: tasks.d/*.yaml)");
    }

    @Test
    void configFileDoesNotIncludeItself() throws Exception {
        Files.writeString(dir.resolve("more.yaml"), "tasks: {b: {run: x}}\n");

        assertThat(texts.read(HEAD + "include: '*.yaml'\ntasks: {a: {run: x}}\n")
                        .tasks())
                .extracting(TaskDefinition::name)
                .containsExactly("a", "b");
    }

    @Test
    void allFilesTogetherAreBounded() throws Exception {
        var filler = "# " + "x".repeat(1 << 20) + "\n";
        part("a.yaml", filler + "tasks: {a: {run: x}}\n");
        part("b.yaml", filler + "tasks: {b: {run: x}}\n");
        assertThat(texts.problems(INCLUDE)).isEmpty();

        part("c.yaml", filler + "tasks: {c: {run: x}}\n");
        assertThat(texts.problems(INCLUDE))
                .isEqualTo(List.of("tasks.d/c.yaml:1:1: is larger than 3145728 bytes (this cannot be a config file)"));
    }
}
