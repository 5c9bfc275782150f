package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.node.config.ConfigException;
import io.rota.node.config.ConfigFile;
import io.rota.node.config.NodeConfig;
import io.rota.scheduler.TaskFileChange;
import io.rota.scheduler.view.CommandOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
    private static final String HEAD = """
            version: 1
            cluster: {insecure: true}
            node: {name: n1, bind: 127.0.0.1}
            """;
    private static final String TASK = "tasks: {a: {command: [sleep, 60]}}\n";

    @TempDir
    private Path dir;

    private final List<NodeConfig> heard = new ArrayList<>();
    private Path file = Path.of("");
    private ConfigWatch watch = new ConfigWatch(file, this::read, this::hear);

    private CommandOutcome hear(NodeConfig config) {
        heard.add(config);
        return new CommandOutcome.Reloaded(new TaskFileChange(List.of(), List.of(), List.of(), List.of()), 7, false);
    }

    private NodeConfig read() throws ConfigException {
        return ConfigFile.read(file, ConfigFile.Overrides.none(), name -> null);
    }

    /** A watch that has read the file once, and looks when it is told to. */
    @BeforeEach
    void start() throws IOException {
        file = dir.resolve("rota.yaml");
        Files.writeString(file, HEAD);
        watch = new ConfigWatch(file, this::read, this::hear);
        look(2);
        heard.clear();
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    @Test
    void whatChangedWhileTheNodeWasStartingIsReadAtFirst() {
        var late = new ConfigWatch(file, this::read, this::hear);
        late.look();
        late.look();
        late.close();

        assertThat(heard).hasSize(1);
    }

    @Test
    void aChangedFileIsReadOnceItHasStayedTheSame() throws IOException {
        Files.writeString(file, HEAD + TASK);
        look(1);
        assertThat(heard).as("it may be half a file").isEmpty();
        look(1);
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).tasks()).hasSize(1);

        look(3);
        assertThat(heard).as("and only once").hasSize(1);
    }

    @Test
    void filesThatAreIncludedAreWatchedToo() throws IOException {
        var parts = Files.createDirectory(dir.resolve("tasks.d"));
        Files.writeString(parts.resolve("a.yaml"), TASK);
        Files.writeString(file, HEAD + "include: tasks.d/*.yaml\n");
        look(2);
        assertThat(heard).hasSize(1);

        Files.writeString(parts.resolve("b.yaml"), TASK.replace("a:", "b:"));
        look(1);
        assertThat(heard).as("it may be half a file").hasSize(1);
        look(3);
        assertThat(heard).hasSize(2);
        assertThat(heard.get(1).tasks()).hasSize(2);

        Files.writeString(parts.resolve("b.yaml"), "tasks: {b: {comand: [x]}}\n");
        look(3);
        assertThat(heard).as("wrong").hasSize(2);

        Files.delete(parts.resolve("b.yaml"));
        look(2);
        assertThat(heard.get(2).tasks()).hasSize(1);
    }

    @Test
    void aFileThatGoesOnChangingIsNotRead() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(file, HEAD + TASK + "#".repeat(i));
            look(1);
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void aWrongFileChangesNothingAndARightOneAfterItDoes() throws IOException {
        Files.writeString(file, HEAD + "tasks: {a: {comand: [sleep]}}\n");
        look(3);
        assertThat(heard).isEmpty();

        Files.writeString(file, HEAD + TASK + "# and a comment\n");
        look(2);
        assertThat(heard).hasSize(1);
    }

    @Test
    void whoAsksForItHearsWhatCameOfIt() throws Exception {
        assertThat(watch.readNow().get(20, TimeUnit.SECONDS)).isInstanceOf(CommandOutcome.Reloaded.class);

        Files.writeString(file, HEAD + "tasks: {a: {comand: [sleep]}}\n");

        assertThat(watch.readNow().get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        CommandOutcome.ReloadRefused.class,
                        refused -> assertThat(refused.problems())
                                .anyMatch(problem ->
                                        problem.contains("rota.yaml:4:13: ") && problem.contains("command")));
    }

    @Test
    void aFileThatIsGoneForAMomentIsNoProblem() throws IOException {
        Files.delete(file);
        look(3);
        assertThat(heard).isEmpty();

        Files.writeString(file, HEAD + TASK);
        look(2);
        assertThat(heard).hasSize(1);
    }
}
