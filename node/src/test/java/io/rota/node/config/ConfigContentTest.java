package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.HEAD;
import static io.rota.node.config.ConfigTexts.cluster;
import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster or a task that cannot work is refused with its place, the reason and the way out. */
final class ConfigContentTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    private static Arguments bad(String what, String text, String... problems) {
        return Arguments.of(what, text, List.of(problems));
    }

    static List<Arguments> contentThatIsRefused() {
        return List.of(
                bad(
                        "no cluster",
                        "version: 1\nnode: {name: n1}\n",
                        "rota.yaml:1:1: cluster: there is no cluster key (make one with `rota keygen` and name it by"
                                + " key_file, or set insecure: true)"),
                bad(
                        "no key",
                        cluster("name: shop"),
                        "rota.yaml:3:3: cluster: there is no cluster key (make one with `rota keygen` and name it by"
                                + " key_file, or set insecure: true)"),
                bad(
                        "key that is not base64",
                        cluster("key: 'not base64!'"),
                        "rota.yaml:3:8: cluster: the key is not base64 (make one with `rota keygen`)"),
                bad(
                        "short key",
                        cluster("key: c2hvcnQ="),
                        "rota.yaml:3:8: cluster: the key has 5 bytes instead of 32 (make one with `rota keygen`)"),
                bad(
                        "key twice",
                        cluster("key: " + KEY, "key_file: cluster.key"),
                        "rota.yaml:4:13: cluster: both key and key_file are given (keep one of them)"),
                bad(
                        "no cluster name",
                        cluster("insecure: true", "name: ${NOPE:-}"),
                        "rota.yaml:4:9: cluster: cluster name \"\" is not valid"
                                + " (letters, digits, dot, dash, underscore; at most 63)"),
                bad(
                        "seeds that are none",
                        cluster("insecure: true", "seeds: [n1, 'n2@h', 'n3@h:0', '@h:1', 'N4@h:1', {a: b}]"),
                        "rota.yaml:4:11: cluster: a seed is written name@host:port or host:port, not \"n1\""
                                + " (write name@host:port)",
                        "rota.yaml:4:15: cluster: a seed is written name@host:port or host:port, not \"n2@h\""
                                + " (write name@host:port)",
                        "rota.yaml:4:23: cluster: a seed's port must be 1 to 65535, but is 0 (write name@host:port)",
                        "rota.yaml:4:33: cluster: a seed is written name@host:port or host:port, not \"@h:1\""
                                + " (write name@host:port)",
                        "rota.yaml:4:41: cluster: no node can have the name of the seed \"N4@h:1\""
                                + " (write name@host:port)",
                        "rota.yaml:4:51: cluster: an element of seeds must be text, found a mapping"),
                bad(
                        "seeds that are no list",
                        cluster("insecure: true", "seeds: n1@a:1"),
                        "rota.yaml:4:10: cluster: seeds must be a list, found \"n1@a:1\" (write [a, b])"),
                bad(
                        "two seeds of one name",
                        cluster("insecure: true", "seeds: [n1@a:1, n1@b:1]"),
                        "rota.yaml:4:10: cluster: two seeds have the same name (a name is the identity of one node)"),
                bad(
                        "exclusive task without a named seed",
                        cluster("insecure: true", "seeds: [a:1]") + "tasks: {a: {run: x, guarantee: exclusive}}\n",
                        "rota.yaml:4:10: cluster: exclusive tasks need arbiters, and no seed has a name"
                                + " (write the first three seeds as name@host:port)"));
    }

    static List<Arguments> tasksThatAreRefused() {
        return List.of(
                bad(
                        "bad names",
                        HEAD.replace("n1", "N1") + "tasks:\n  Big One: {run: x}\n",
                        "rota.yaml:3:14: node: node name \"N1\" is not made of a-z, 0-9, dot, dash and underscore"
                                + " (set node.name or start with --name)",
                        "rota.yaml:5:3: tasks: task name \"Big One\" is not valid"
                                + " (a-z, 0-9, dot, dash, underscore; at most 63)"),
                bad(
                        "command and run",
                        task("run: x", "command: [x]"),
                        "rota.yaml:7:14: tasks.a: both command and run are given"
                                + " (give one of them: command: [program, argument], run: a shell script,"
                                + " http: {url: ...} or java: {class: ..., jar: ...})"),
                bad(
                        "neither command nor run",
                        task("restart: always"),
                        "rota.yaml:6:5: tasks.a: there is none of command, run, http, java"
                                + " (give one of them: command: [program, argument], run: a shell script,"
                                + " http: {url: ...} or java: {class: ..., jar: ...})"),
                bad(
                        "empty command",
                        task("command: []"),
                        "rota.yaml:6:14: tasks.a: command names no program (write command: [program, argument])"),
                bad(
                        "command as one text",
                        task("command: ls -l"),
                        "rota.yaml:6:14: tasks.a: command must be a list, found \"ls -l\" (write [a, b])"),
                bad("empty run", task("run:"), "rota.yaml:6:9: tasks.a: run must be text, found nothing"),
                bad(
                        "empty task",
                        HEAD + "tasks:\n  a:\n",
                        "rota.yaml:5:5: tasks: a must hold keys and values, found nothing"),
                bad(
                        "tasks as a list",
                        HEAD + "tasks: [a]\n",
                        "rota.yaml:4:8: tasks must hold keys and values, found a list"),
                bad(
                        "restart beside a schedule",
                        task("run: x", "restart: never", "schedule: {every: 1s}"),
                        "rota.yaml:7:5: tasks.a: restart is for services; this task has a schedule (remove it)"),
                bad(
                        "schedule of an unknown kind",
                        task("run: x", "schedule: {daily: '02:30'}"),
                        "rota.yaml:7:15: tasks.a.schedule: there is no every, cron or at (write one of schedule:"
                                + " {every: 15s}, {cron: \"30 2 * * *\"}, {at: \"2027-01-02T03:00:00+01:00\"}, manual)",
                        "rota.yaml:7:16: tasks.a.schedule: unknown key \"daily\" (known here: every, cron, at,"
                                + " time_zone, dst, jitter, mode)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"contentThatIsRefused", "tasksThatAreRefused"})
    void contentIsRefusedWithPlaceAndReason(String what, String text, List<String> expected) throws IOException {
        assertThat(texts.problems(text)).isEqualTo(expected);
    }

    @Test
    void keyFileThatIsNotThereIsNamed() throws IOException {
        assertThat(texts.problems(cluster("key_file: gone.key")))
                .containsExactly("rota.yaml:3:13: cluster: key_file cannot be read: java.nio.file.NoSuchFileException:"
                        + " gone.key (make one with `rota keygen`)");
    }
}
