package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.node.config.ConfigFile;
import io.rota.node.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
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

    private final LinkedBlockingQueue<NodeConfig> heard = new LinkedBlockingQueue<>();
    private Path file = Path.of("");
    private ConfigWatch watch = new ConfigWatch(file, this::read, heard::add);

    private NodeConfig read() throws io.rota.node.config.ConfigException {
        return ConfigFile.read(file, ConfigFile.Overrides.none(), name -> null);
    }

    @BeforeEach
    void start() throws IOException {
        file = dir.resolve("rota.yaml");
        Files.writeString(file, HEAD);
        watch = new ConfigWatch(file, this::read, heard::add);
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void aChangedFileIsReadAgain() throws Exception {
        Files.writeString(file, HEAD + TASK);

        var next = heard.poll(20, TimeUnit.SECONDS);

        assertThat(next).isNotNull();
        assertThat(next.tasks()).hasSize(1);
    }

    @Test
    void aWrongFileChangesNothingAndARightOneAfterItDoes() throws Exception {
        Files.writeString(file, HEAD + "tasks: {a: {comand: [sleep]}}\n");
        watch.readNow();
        Files.writeString(file, HEAD + TASK + "# and a comment\n");
        watch.readNow();

        var next = heard.poll(20, TimeUnit.SECONDS);

        assertThat(next).isNotNull();
        assertThat(next.tasks()).hasSize(1);
    }

    @Test
    void aFileThatIsGoneForAMomentIsNoProblem() throws Exception {
        Files.delete(file);
        Files.writeString(dir.resolve("new"), HEAD + TASK);
        Files.move(dir.resolve("new"), file);
        watch.readNow();

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
}
