package io.rota.scheduler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.runner.Plugins;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example on docs/java-tasks.md compiles, and its test passes and can fail. */
class JavaTasksPageTest {
    private static final Path PAGE = Path.of("../docs/java-tasks.md");
    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

    @TempDir
    private Path dir;

    private static List<String> examples() throws IOException {
        return JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private void runTest(String task, String test) throws Exception {
        Plugins.compile(dir, "org.example.Cleanup", task);
        Plugins.compile(dir, "org.example.CleanupTest", test);
        try (var loader = new URLClassLoader(new URL[] {dir.toUri().toURL()})) {
            var testClass = loader.loadClass("org.example.CleanupTest");
            testClass
                    .getMethod("stopsWhenItLosesTheTask")
                    .invoke(testClass.getConstructor().newInstance());
        }
    }

    @Test
    void theExampleIsGood() throws Exception {
        assertThat(examples()).hasSize(2);

        runTest(examples().get(0), examples().get(1));
    }

    @Test
    void aTaskThatDoesNotAskWhetherItIsStillOwnerFailsItsTest() throws Exception {
        var deaf = examples().get(0).replace(" && context.isStillOwner()", "");

        assertThatThrownBy(() -> runTest(deaf, examples().get(1))).hasRootCauseInstanceOf(AssertionError.class);
    }
}
