package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP calls and Java tasks of both levels on a real node, and by hand. */
final class RunnersIT {
    private static final Duration WAIT = Duration.ofSeconds(60);

    private static final String TASK = """
            import io.rota.scheduler.api.*;
            import java.nio.file.*;
            public class Tell implements Task {
                public void run(TaskContext context) throws Exception {
                    context.log("told " + context.parameters().get("what"));
                    Files.writeString(Path.of(context.parameters().get("to")),
                        ProcessHandle.current().pid() + " " + context.fencingToken().orElse(0));
                    if (context.parameters().get("what").equals("fail")) {
                        throw new IllegalStateException("as told");
                    }
                    new java.util.concurrent.CountDownLatch(1).await();
                }
            }
            """;

    @TempDir
    private Path dir = Path.of("");

    @BeforeEach
    void makeJar() throws IOException {
        var source = Files.writeString(dir.resolve("Tell.java"), TASK);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        source.toString());
        assertThat(code).isZero();
        try (var jar = new JarOutputStream(Files.newOutputStream(dir.resolve("tell.jar")))) {
            jar.putNextEntry(new JarEntry("Tell.class"));
            jar.write(Files.readAllBytes(dir.resolve("Tell.class")));
        }
    }

    private void config(String tasks) throws IOException {
        var ports = FreePorts.find(3);
        Files.writeString(dir.resolve("rota.yaml"), """
                version: 1
                cluster: {insecure: true}
                node: {name: n1, bind: 127.0.0.1, gossip_port: %d, peer_port: %d, admin_port: %d}
                tasks:
                """.formatted(ports.toArray()) + tasks.indent(2));
    }

    private String java(String what) {
        return "java: {class: Tell, jar: tell.jar, parameters: {what: %s, to: %s}}"
                .formatted(what, dir.resolve(what + ".told"));
    }

    private List<Long> told(String what) throws IOException {
        var file = dir.resolve(what + ".told");
        return Files.exists(file) && !Files.readString(file).isEmpty()
                ? List.of(Files.readString(file).split(" ", -1)).stream()
                        .map(Long::valueOf)
                        .toList()
                : List.of();
    }

    @Test
    void aNodeCallsAndRunsJavaAtBothLevels() throws Exception {
        Queue<String> runIds = new ConcurrentLinkedQueue<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            runIds.add(exchange.getRequestHeaders().getFirst("X-Rota-Run-Id"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        config("""
                ping: {schedule: {every: 500ms}, http: {url: 'http://127.0.0.1:%d/'}}
                inside:
                  %s
                apart:
                  guarantee: exclusive
                  %s
                """.formatted(server.getAddress().getPort(), java("ring"), java("own")));
        try (var node = RotaProcess.start(dir, "start")) {
            await().atMost(WAIT).until(() -> runIds.size() >= 2);
            await().atMost(WAIT)
                    .until(() -> told("ring").size() == 2 && told("own").size() == 2);
            var children = node.descendants();

            assertThat(runIds).allMatch(id -> id.startsWith("ping@"));
            assertThat(told("ring").get(0)).as("in the node's JVM").isNotIn(children);
            assertThat(told("own").get(0)).as("a process of the guard").isIn(children);
            assertThat(told("own").get(1)).as("fencing token").isPositive();

            node.terminate();

            assertThat(node.exitCode()).isZero();
            assertThat(children).noneMatch(Processes::isUp);
            assertThat(node.err()).contains("stopped").doesNotContain("ERROR", "WARN");
        } finally {
            server.stop(0);
        }
        assertThat(Files.readString(dir.resolve("data/logs/apart.log"))).contains("told own");
    }

    @Test
    void byHandATaskRunsAloneAndItsExitCodeCounts() throws Exception {
        config("""
                report:
                  schedule: {every: 1h}
                  environment: {LEVEL: info}
                  run: echo "$ROTA_TASK on $ROTA_NODE, $LEVEL"; exit 7
                """);

        var rota = RotaProcess.run(dir, "run", "report", "--local");

        assertThat(rota.exitCode()).isEqualTo(7);
        assertThat(rota.out()).isEqualTo("report on n1, info\n");
        assertThat(rota.err())
                .startsWith(
                        "rota: report runs here alone: no claim, no token, no record; the cluster does not know of it");
    }

    @Test
    void byHandAnExclusiveTaskNeedsAWordMore() throws Exception {
        config("""
                apart:
                  schedule: {every: 1h}
                  guarantee: exclusive
                  %s
                """.formatted(java("fail")));

        var refused = RotaProcess.run(dir, "run", "apart", "--local");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("add --without-claim");
        assertThat(dir.resolve("fail.told")).doesNotExist();

        var allowed = RotaProcess.run(dir, "run", "apart", "--local", "--without-claim");
        assertThat(allowed.exitCode()).isEqualTo(1);
        assertThat(allowed.out()).contains("told fail", "IllegalStateException: as told");
        assertThat(dir.resolve("fail.told")).exists();
    }

    @Test
    void byHandAnUnknownTaskIsOneClearLine() throws Exception {
        config("report: {schedule: {every: 1h}, run: 'true'}\n");

        var rota = RotaProcess.run(dir, "run", "reprot", "--local");

        assertThat(rota.exitCode()).isEqualTo(1);
        assertThat(rota.err().strip())
                .isEqualTo("rota: there is no task reprot in rota.yaml: did you mean \"report\"?");
    }
}
