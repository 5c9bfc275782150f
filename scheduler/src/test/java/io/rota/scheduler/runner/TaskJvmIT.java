package io.rota.scheduler.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java task in a JVM of its own. */
final class TaskJvmIT {
    private static final Map<String, String> RUN = Map.of(
            "ROTA_TASK", "payout",
            "ROTA_RUN_ID", "payout@2026-11-24T12:00:00Z",
            "ROTA_NODE", "n1",
            "ROTA_DUE", "2026-11-24T12:00:00Z",
            "ROTA_ATTEMPT", "3",
            "ROTA_TOKEN", "41",
            "ROTA_PARAM_BATCH", "7");

    @TempDir
    private Path dir;

    private Process launch(String body) throws IOException {
        return launch(Plugins.jar(dir.resolve("t.jar"), "T", body), "plug.T");
    }

    private static Process launch(Path jar, String className) throws IOException {
        var builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TaskJvmMain.class.getName(),
                        jar.toString(),
                        className)
                .redirectErrorStream(true);
        builder.environment().putAll(RUN);
        return builder.start();
    }

    private static String output(Process process) {
        return reader(process).lines().collect(Collectors.joining("\n"));
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void theContextComesByTheEnvironment() throws Exception {
        var process = launch(
                "context.log(context.task() + \" \" + context.due() + \" \" + context.attempt() + \" \""
                        + " + context.fencingToken().getAsLong() + \" \" + context.parameters() + \" \" + context.isStillOwner());");

        assertThat(output(process)).isEqualTo("payout 2026-11-24T12:00:00Z 3 41 {batch=7} true");
        assertThat(exit(process)).isZero();
    }

    @Test
    void whatIsThrownIsExitCodeOneWithItsTrace() throws Exception {
        var process = launch("throw new IllegalStateException(\"no money\");");

        assertThat(output(process)).contains("IllegalStateException: no money").contains("plug.T.run");
        assertThat(exit(process)).isEqualTo(1);
    }

    @Test
    void aMissingJarIsAsIfTheProgramWereMissing() throws Exception {
        var process = launch(dir.resolve("gone.jar"), "plug.T");

        assertThat(output(process)).endsWith("gone.jar does not exist or cannot be read");
        assertThat(exit(process)).isEqualTo(127);
    }

    @Test
    void termInterruptsTheTaskWhichMayStillTidyUp() throws Exception {
        var process = launch("context.log(\"up\"); try { new java.util.concurrent.CountDownLatch(1).await(); }"
                + " finally { context.log(\"tidy \" + context.isStillOwner()); }");
        var lines = reader(process);
        assertThat(lines.readLine()).isEqualTo("up");

        process.toHandle().destroy();

        assertThat(lines.readLine()).isEqualTo("tidy false");
        assertThat(exit(process)).isEqualTo(143);
    }

    @Test
    void aTaskThatIgnoresTermIsKilled() throws Exception {
        var process = launch("context.log(\"up\"); while (true) { Thread.onSpinWait(); }");
        assertThat(reader(process).readLine()).isEqualTo("up");

        process.toHandle().destroy();
        assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        process.toHandle().destroyForcibly();

        assertThat(exit(process)).isEqualTo(137);
    }

    @Test
    void withoutTheEnvironmentOfARunItSaysSo() {
        assertThatThrownBy(() -> TaskJvm.run(dir, "plug.T", Map.of(), System.out))
                .hasMessage("ROTA_TASK is not set: only a node starts this command");
    }
}
