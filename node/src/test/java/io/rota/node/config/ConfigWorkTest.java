package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP calls and Java tasks in the file: what they give, and what is refused. */
final class ConfigWorkTest {
    private static final String EVERY = "schedule: {every: 1m}";

    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    private TaskDefinition read(String... lines) throws ConfigException, IOException {
        return texts.read(task(lines)).tasks().get(0);
    }

    @Test
    void aCallThatSaysNoMoreThanItsUrlHasDefaults() throws Exception {
        var task = read(EVERY, "http: {url: 'https://status.example.org/ping?x=1'}");

        assertThat(task.work())
                .isEqualTo(new Work.Http(
                        "GET",
                        URI.create("https://status.example.org/ping?x=1"),
                        new TreeMap<>(),
                        "",
                        new TreeSet<>(),
                        ""));
        assertThat(task.policy().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aCallMayBeSpelledOut() throws Exception {
        var task = read(
                EVERY,
                "timeout: 5s",
                "http:",
                "  method: POST",
                "  url: http://127.0.0.1:8080/send",
                "  headers: {Authorization: 'Bearer ${SET}', Accept: text/plain}",
                "  body: 'price $$5'",
                "  expect_status: [200, 202]",
                "  expect_body: queued");

        assertThat(task.work())
                .isEqualTo(new Work.Http(
                        "POST",
                        URI.create("http://127.0.0.1:8080/send"),
                        new TreeMap<>(Map.of("Authorization", "Bearer value", "Accept", "text/plain")),
                        "price $5",
                        new TreeSet<>(List.of(200, 202)),
                        "queued"));
        assertThat(task.policy().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aJavaTaskFindsItsJarBesideTheFile() throws Exception {
        var task = read(
                "guarantee: exclusive",
                "java: {class: org.example.Cleanup, jar: plugins/cleanup.jar, parameters: {days: 30, zone: '${SET}'}}");

        assertThat(task.work())
                .isEqualTo(new Work.Java(
                        "org.example.Cleanup",
                        "plugins/cleanup.jar",
                        new TreeMap<>(Map.of("days", "30", "zone", "value"))));
        assertThat(task.guarantee()).isEqualTo(Guarantee.EXCLUSIVE);
    }

    private static Arguments bad(String what, String text, String... problems) {
        return Arguments.of(what, text, List.of(problems));
    }

    private static Arguments badHttp(String what, String fields, String... problems) {
        return bad(what, task(EVERY, "http: {" + fields + "}"), problems);
    }

    static List<Arguments> callsThatAreRefused() {
        return List.of(
                badHttp(
                        "no URL",
                        "method: GET",
                        "rota.yaml:7:11: tasks.a.http: url is missing (write url: https://host/path)"),
                badHttp(
                        "URL of another scheme",
                        "url: 'ftp://h/x'",
                        "rota.yaml:7:17: tasks.a.http: url: the URL begins with neither http:// nor https://"
                                + " (write url: https://host/path)"),
                badHttp(
                        "URL without host",
                        "url: 'http:///x'",
                        "rota.yaml:7:17: tasks.a.http: url: the URL names no host (write url: https://host/path)"),
                badHttp(
                        "URL with a password",
                        "url: 'https://u:p@h/'",
                        "rota.yaml:7:17: tasks.a.http: url: a URL with a user or a fragment is not sent: use a header"
                                + " (write url: https://host/path)"),
                badHttp(
                        "method in lower case",
                        "url: 'http://h/', method: post",
                        "rota.yaml:7:38: tasks.a.http: method \"post\" is not a word in upper case, or opens a tunnel"
                                + " (write method: POST)"),
                badHttp(
                        "method that opens a tunnel",
                        "url: 'http://h/', method: CONNECT",
                        "rota.yaml:7:38: tasks.a.http: method \"CONNECT\" is not a word in upper case, or opens a tunnel"
                                + " (write method: POST)"),
                badHttp(
                        "port that is none",
                        "url: 'http://h:99999/'",
                        "rota.yaml:7:17: tasks.a.http: url: the URL has a port above 65535"
                                + " (write url: https://host/path)"),
                badHttp(
                        "header that cannot be sent",
                        "url: 'http://h/', headers: {Authorization: 'Bearer 1€'}",
                        "rota.yaml:7:39: tasks.a.http: header Authorization has a value of more than one line, or with"
                                + " letters beyond Latin-1"),
                badHttp(
                        "headers",
                        "url: 'http://h/', headers: {Host: other, 'a b': c}",
                        "rota.yaml:7:39: tasks.a.http: header Host is set by Rota itself",
                        "rota.yaml:7:39: tasks.a.http: \"a b\" cannot be the name of a header"),
                badHttp(
                        "status",
                        "url: 'http://h/', expect_status: [99, ok]",
                        "rota.yaml:7:46: tasks.a.http: a status is a number from 100 to 599, not \"99\""
                                + " (write expect_status: [200, 202])",
                        "rota.yaml:7:50: tasks.a.http: a status is a number from 100 to 599, not \"ok\""
                                + " (write expect_status: [200, 202])"),
                badHttp(
                        "no status",
                        "url: 'http://h/', expect_status: []",
                        "rota.yaml:7:45: tasks.a.http: no status means success (write expect_status: [200, 202])"),
                badHttp(
                        "unknown key",
                        "url: 'http://h/', header: {a: b}",
                        "rota.yaml:7:30: tasks.a.http: unknown key \"header\" (did you mean \"headers\"?)"));
    }

    static List<Arguments> workThatIsRefused() {
        return List.of(
                bad(
                        "two kinds",
                        task("run: x", "java: {class: A, jar: a.jar}"),
                        "rota.yaml:6:10: tasks.a: both run and java are given (give one of them: command: [program,"
                                + " argument], run: a shell script, http: {url: ...} or java: {class: ..., jar: ...})"),
                bad(
                        "HTTP as a service",
                        task("http: {url: 'http://h/'}"),
                        "rota.yaml:6:5: tasks.a: an HTTP call ends by itself, and this is a service (add schedule)"),
                bad(
                        "HTTP at level exclusive",
                        task(EVERY, "guarantee: exclusive", "http: {url: 'http://h/'}"),
                        "rota.yaml:8:17: tasks.a.http: an HTTP call cannot be stopped on the other side, so nobody can"
                                + " promise that there is one only (use guarantee: ring and let the server refuse an"
                                + " X-Rota-Run-Id that it has seen, or use command)"),
                bad(
                        "what belongs to processes",
                        task(
                                EVERY,
                                "http: {url: 'http://h/'}",
                                "working_dir: x",
                                "environment: {A: b}",
                                "success: {exit_codes: [3]}"),
                        "rota.yaml:8:5: tasks.a: working_dir is for command and run, and this task has http (remove it)",
                        "rota.yaml:9:5: tasks.a: environment is for command and run, and this task has http (remove it)",
                        "rota.yaml:10:5: tasks.a: success is for command and run, and this task has http (remove it)"),
                bad(
                        "Java without class and jar",
                        task("java: {parameters: {}}"),
                        "rota.yaml:6:11: tasks.a.java: class is missing (write class: org.example.Cleanup)",
                        "rota.yaml:6:11: tasks.a.java: jar is missing (write jar: plugins/cleanup.jar)"),
                bad(
                        "no class name",
                        task("java: {class: org/example/A, jar: a.jar}"),
                        "rota.yaml:6:19: tasks.a.java: \"org/example/A\" cannot be the name of a class"
                                + " (write class: org.example.Cleanup)"),
                bad(
                        "no parameter name",
                        task("java: {class: A, jar: a.jar, parameters: {Days: 3}}"),
                        "rota.yaml:6:46: tasks.a.java: \"Days\" cannot be the name of a parameter"
                                + " (a-z, 0-9 and underscore, a letter first)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"callsThatAreRefused", "workThatIsRefused"})
    void workIsRefusedWithPlaceAndReason(String what, String text, List<String> problems) throws IOException {
        assertThat(texts.problems(text)).as(what).isEqualTo(problems);
    }
}
