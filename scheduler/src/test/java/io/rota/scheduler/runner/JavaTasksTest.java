package io.rota.scheduler.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.RunState;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.engine.RunEvent;
import io.rota.scheduler.engine.RunOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java tasks in the node's JVM, from real JARs. */
class JavaTasksTest {
    private static final Instant DUE = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path dir;

    private final HeardRuns heard = new HeardRuns();
    private final JavaTasks tasks = new JavaTasks("n1", heard);

    @AfterEach
    void close() {
        tasks.close();
    }

    private static Run run(String id) {
        long due = DUE.toEpochMilli();
        var origin = new RunOrigin(DUE.toString(), due, new TreeMap<>());
        return new Run(id, "cleanup", RunState.STARTING, "", due, 0, 0, 0, 0, Integer.MIN_VALUE, 2, origin);
    }

    private void start(String id, String className, Path jar) {
        tasks.start(run(id), new Work.Java(className, jar.toString(), new TreeMap<>(Map.of("days", "30"))));
    }

    private RunEvent.Ended ended(String body) throws IOException {
        start("r", "plug.T", Plugins.jar(dir.resolve("t.jar"), "T", body));
        return heard.awaitEnd("r");
    }

    @Test
    void aTaskThatReturnsHasSucceededAndKnewItsContext() throws IOException {
        var ended = ended("""
                context.log(context.task() + " " + context.runId() + " " + context.node() + " " + context.due() + " "
                    + context.attempt() + " " + context.fencingToken() + " " + context.parameters() + " "
                    + context.isStillOwner() + " " + context.clock().getZone());
                """);

        assertThat(ended).isEqualTo(new RunEvent.Ended("r", 0, ""));
        assertThat(heard.output("r"))
                .isEqualTo("cleanup r n1 2026-11-24T12:00:00Z 2 OptionalLong.empty {days=30} true Z\n");
    }

    @Test
    void whatATaskThrowsIsTheReasonAndItsTraceTheOutput() throws IOException {
        var ended = ended("throw new java.io.IOException(\"no disk\");");

        assertThat(ended).isEqualTo(new RunEvent.Ended("r", 1, "java.io.IOException: no disk"));
        assertThat(heard.output("r")).contains("plug.T.run(T.java");
    }

    @Test
    void anErrorFailsTheRunOnly() throws IOException {
        assertThat(ended("throw new OutOfMemoryError(\"made up\");").reason())
                .isEqualTo("java.lang.OutOfMemoryError: made up");
    }

    @Test
    void aStopInterrupts() throws IOException {
        var body = "context.log(\"up\"); try { new java.util.concurrent.CountDownLatch(1).await(); }"
                + " finally { context.log(\"owner \" + context.isStillOwner()); }";
        start("r", "plug.T", Plugins.jar(dir.resolve("t.jar"), "T", body));
        org.awaitility.Awaitility.await().until(() -> heard.output("r").contains("up"));

        tasks.stop("r", Duration.ofMinutes(1));

        assertThat(heard.awaitEnd("r").exitCode()).isEqualTo(RunBody.STOPPED);
        assertThat(heard.output("r")).contains("owner false");
    }

    @Test
    void everyRunHasAnInstanceAndAThreadOfItsOwnAndRunsOfOneJarShareItsClasses() throws IOException {
        var jar = Plugins.jar(
                dir.resolve("t.jar"),
                "T",
                "context.log(RUNS.incrementAndGet() + \" \" + (Thread.currentThread().getContextClassLoader() =="
                        + " getClass().getClassLoader()));");
        start("r1", "plug.T", jar);
        heard.awaitEnd("r1");
        start("r2", "plug.T", jar);
        heard.awaitEnd("r2");

        assertThat(heard.output("r1")).isEqualTo("1 true\n");
        assertThat(heard.output("r2")).isEqualTo("2 true\n");
    }

    @Test
    void aReplacedJarIsUsedByTheNextRun() throws IOException {
        var jar = dir.resolve("t.jar");
        start("r1", "plug.T", Plugins.jar(jar, "T", "context.log(\"old \" + RUNS.incrementAndGet());"));
        heard.awaitEnd("r1");
        start("r2", "plug.T", Plugins.jar(jar, "T", "context.log(\"brand new \" + RUNS.incrementAndGet());"));
        heard.awaitEnd("r2");

        assertThat(heard.output("r1")).isEqualTo("old 1\n");
        assertThat(heard.output("r2")).isEqualTo("brand new 1\n");
    }

    @Test
    void aTaskSeesTheJdkAndTheApiAndNothingElseOfTheNode() throws IOException {
        var ended = ended("""
                for (var name : new String[] {"java.sql.Driver", "io.rota.scheduler.api.Task",
                        "io.rota.scheduler.TaskDefinition", "org.slf4j.Logger", "com.hazelcast.core.Hazelcast"}) {
                    try {
                        Class.forName(name);
                        context.log("sees " + name);
                    } catch (ClassNotFoundException e) {
                        context.log("no " + name);
                    }
                }
                """);

        assertThat(ended.exitCode()).isZero();
        assertThat(heard.output("r").lines())
                .containsExactly(
                        "sees java.sql.Driver",
                        "sees io.rota.scheduler.api.Task",
                        "no io.rota.scheduler.TaskDefinition",
                        "no org.slf4j.Logger",
                        "no com.hazelcast.core.Hazelcast");
    }

    @Test
    void whatCannotBeLoadedSaysWhy() throws IOException {
        var jar = Plugins.jar(dir.resolve("t.jar"), "T", "");
        var other = Plugins.jarOf(dir.resolve("o.jar"), "plug.O", "package plug; public class O {}");
        var hidden = Plugins.jarOf(
                dir.resolve("h.jar"),
                "plug.H",
                "package plug; class H implements io.rota.scheduler.api.Task {"
                        + " public void run(io.rota.scheduler.api.TaskContext context) {} }");
        var junk = Files.writeString(dir.resolve("junk.jar"), "this is no JAR");

        start("gone", "plug.T", dir.resolve("gone.jar"));
        start("typo", "plug.Typo", jar);
        start("other", "plug.O", other);
        start("hidden", "plug.H", hidden);
        start("junk", "plug.T", junk);

        assertThat(heard.awaitEnd("gone"))
                .isEqualTo(new RunEvent.Ended(
                        "gone", 127, "plug-in " + dir.resolve("gone.jar") + " does not exist or cannot be read"));
        assertThat(heard.awaitEnd("typo").reason()).isEqualTo("there is no class plug.Typo in " + jar);
        assertThat(heard.awaitEnd("other").reason())
                .isEqualTo("class plug.O of " + other + " does not implement io.rota.scheduler.api.Task");
        assertThat(heard.awaitEnd("hidden").reason())
                .isEqualTo("class plug.H of " + hidden + " is not public with a public constructor without parameters");
        assertThat(heard.awaitEnd("junk").reason()).isEqualTo("there is no class plug.T in " + junk);
    }
}
