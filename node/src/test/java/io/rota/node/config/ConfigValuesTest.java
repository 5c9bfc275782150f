package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.HEAD;
import static io.rota.node.config.ConfigTexts.cluster;
import static io.rota.node.config.ConfigTexts.node;
import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value that cannot be used is refused with its place, the reason and the way out. */
final class ConfigValuesTest {
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

    static List<Arguments> valuesThatAreRefused() {
        return List.of(
                bad(
                        "no version",
                        "cluster: {insecure: true}\nnode: {name: n1}\n",
                        "rota.yaml:1:1: version is missing (write version: 1 at the top)"),
                bad("version 2", HEAD.replace(": 1", ": 2"), "rota.yaml:1:10: version must be 1, found \"2\""),
                bad(
                        "version in words",
                        HEAD.replace(": 1\n", ": one\n"),
                        "rota.yaml:1:10: version must be 1, found \"one\""),
                bad(
                        "version as a list",
                        HEAD.replace(": 1\n", ": [1]\n"),
                        "rota.yaml:1:10: version must be text, found a list"),
                bad(
                        "number without unit",
                        task("run: x", "schedule: {every: 15}"),
                        "rota.yaml:7:23: tasks.a.schedule: every: \"15\" has no unit (write 500ms, 15s, 10m, 4h or 30d)"),
                bad(
                        "bad durations",
                        task("run: x", "schedule: {every: soon}", "stop_grace_period: 1.5s"),
                        "rota.yaml:7:23: tasks.a.schedule: every: \"soon\" is not a duration"
                                + " (write 500ms, 15s, 10m, 4h or 30d)",
                        "rota.yaml:8:24: tasks.a: stop_grace_period: \"1.5s\" is not a duration"
                                + " (write 500ms, 15s, 10m, 4h or 30d)"),
                bad(
                        "interval too short",
                        task("run: x", "schedule: {every: 99ms}"),
                        "rota.yaml:7:23: tasks.a.schedule: interval PT0.099S is not between PT0.1S and PT8760H"),
                bad(
                        "bool yes",
                        cluster("insecure: yes", "key: " + KEY),
                        "rota.yaml:3:13: cluster: insecure must be true or false, found \"yes\""),
                bad(
                        "variable not set",
                        cluster("insecure: true", "name: ${NOPE}"),
                        "rota.yaml:4:9: cluster: name: environment variable NOPE is not set"
                                + " (export it, or give a default: ${NAME:-value})"),
                bad(
                        "variable of a task not set",
                        task("run: x", "environment: {A: '${SET}', B: '${NOPE}'}"),
                        "rota.yaml:7:35: tasks.a.environment: B: environment variable NOPE is not set"
                                + " (export it, or give a default: ${NAME:-value})"),
                bad(
                        "no name for a variable",
                        task("run: x", "environment: {A-B: x}"),
                        "rota.yaml:7:18: tasks.a: environment: \"A-B\" cannot be the name of a variable"
                                + " (letters, digits and underscore)"));
    }

    static List<Arguments> valuesOfNodesAndTasksThatAreRefused() {
        return List.of(
                bad(
                        "exclusive with a long grace",
                        task("run: x", "guarantee: exclusive", "stop_grace_period: 5s"),
                        "rota.yaml:8:24: tasks.a: an exclusive task must stop within half a lease, 3s"
                                + " (make it shorter or use guarantee: ring)"),
                bad(
                        "grace of two hours",
                        task("run: x", "stop_grace_period: 2h"),
                        "rota.yaml:7:24: tasks.a: stop_grace_period is longer than 1h"),
                bad(
                        "word of a set",
                        task("run: x", "guarantee: exclusiv", "restart: sometimes"),
                        "rota.yaml:7:16: tasks.a: guarantee must be one of exclusive, once, ring, found \"exclusiv\""
                                + " (did you mean \"exclusive\"?)",
                        "rota.yaml:8:14: tasks.a: restart must be one of always, never, on-failure, found"
                                + " \"sometimes\" (known here: always, never, on-failure)"),
                bad(
                        "weight 0",
                        node("weight: 0"),
                        "rota.yaml:3:43: node: weight must be a number from 0.001 to 100, found \"0\""),
                bad(
                        "weight abc",
                        node("weight: abc"),
                        "rota.yaml:3:43: node: weight must be a number from 0.001 to 100, found \"abc\""),
                bad(
                        "weight with too many digits",
                        node("weight: 1.0005"),
                        "rota.yaml:3:43: node: weight must be a number from 0.001 to 100, found \"1.0005\""),
                bad(
                        "weight without end",
                        node("weight: 1e999999999"),
                        "rota.yaml:3:43: node: weight must be a number from 0.001 to 100, found \"1e999999999\""),
                bad(
                        "port 0",
                        node("gossip_port: 0, peer_port: 0"),
                        "rota.yaml:3:48: node: gossip_port must be a number from 1 to 65533, found \"0\"",
                        "rota.yaml:3:62: node: peer_port must be a number from 1 to 65535, found \"0\""),
                bad(
                        "port 70000",
                        node("admin_port: 70000"),
                        "rota.yaml:3:47: node: admin_port must be a number from 1 to 65535, found \"70000\""),
                bad(
                        "two parts on one port",
                        node("gossip_port: 7700, peer_port: 7700"),
                        "rota.yaml:3:65: node: peer_port 7700 is the same as gossip_port (give each a port of its own)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"valuesThatAreRefused", "valuesOfNodesAndTasksThatAreRefused"})
    void valueIsRefusedWithPlaceAndReason(String what, String text, List<String> expected) throws IOException {
        assertThat(texts.problems(text)).isEqualTo(expected);
    }
}
