package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.runner.Plugins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task run by hand: environment, exit code, timeout. */
final class RunAloneIT {
    private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private TaskDefinition script(String script) {
        var environment = new TreeMap<>(Map.of("LEVEL", "info"));
        return TaskDefinition.of(
                "report", new Work.Command(List.of("/bin/sh", "-c", script), dir.toString(), environment), HOURLY);
    }

    private TaskDefinition java(String body) throws IOException {
        var jar = Plugins.jarOf(dir.resolve("t.jar"), "plug.T", """
                package plug;
                import io.rota.scheduler.api.*;
                public class T implements Task {
                    public void run(TaskContext context) throws Exception { %s }
                }
                """.formatted(body));
        return TaskDefinition.of("report", new Work.Java("plug.T", jar.toString(), new TreeMap<>()), HOURLY);
    }

    private int run(TaskDefinition task) throws InterruptedException {
        return new RunAlone(task, "n1", List.of("false"), new PrintStream(said, true, StandardCharsets.UTF_8))
                .run(new TreeMap<>());
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aProcessHasTheEnvironmentOfARunAndItsExitCodeCounts() throws Exception {
        var task = script(
                "echo \"$ROTA_TASK $ROTA_NODE $ROTA_ATTEMPT $LEVEL ${ROTA_TOKEN-none} ${HTTP_PROXY-none}\" > seen;"
                        + " exit 7");

        assertThat(run(task)).isEqualTo(7);

        assertThat(Files.readString(dir.resolve("seen"))).isEqualTo("report n1 1 info none none\n");
    }

    @Test
    void aProcessWhoseTimeIsUpIsStopped() throws Exception {
        var task = script("trap '' TERM; sleep 60 & wait; sleep 60").withStopGrace(Duration.ofMillis(100));
        var soonOver = task.with(task.policy().withTimeout(Duration.ofMillis(300)));

        assertThat(run(soonOver)).isEqualTo(RunAlone.TIMED_OUT);
    }

    @Test
    void aMissingProgramSaysSo() throws Exception {
        var work = new Work.Command(List.of("./no-such-program"), dir.toString(), new TreeMap<>());

        assertThat(run(TaskDefinition.of("report", work, HOURLY))).isEqualTo(127);
        assertThat(said()).contains("no-such-program");
    }

    @Test
    void aJavaTaskSpeaksToTheTerminal() throws Exception {
        assertThat(run(java("context.log(context.node() + \" \" + context.attempt());")))
                .isZero();
        assertThat(said()).isEqualTo("n1 1\n");
    }

    @Test
    void aJavaTaskThatFailsEndsWithOne() throws Exception {
        assertThat(run(java("throw new IllegalStateException(\"bad\");"))).isEqualTo(1);
        assertThat(said()).contains("plug.T.run").endsWith("rota: java.lang.IllegalStateException: bad\n");
    }

    @Test
    void aJavaTaskWhoseTimeIsUpIsInterrupted() throws Exception {
        var task = java("new java.util.concurrent.CountDownLatch(1).await();");

        assertThat(run(task.with(task.policy().withTimeout(Duration.ofMillis(300)))))
                .isEqualTo(RunAlone.TIMED_OUT);
    }

    @Test
    void anExclusiveJavaTaskHasAJvmOfItsOwn() throws Exception {
        // The command of that JVM is "false" here.
        assertThat(run(java("").with(Guarantee.EXCLUSIVE))).isEqualTo(1);
    }
}
