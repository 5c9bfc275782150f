package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.HEAD;
import static io.rota.node.config.ConfigTexts.cluster;
import static io.rota.node.config.ConfigTexts.node;
import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no config file at all is refused with the place where it goes wrong. */
final class ConfigFormTest {
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

    static List<Arguments> formsThatAreRefused() {
        return List.of(
                bad("empty", "", "rota.yaml:1:1: the file is empty (start from the example in README.md)"),
                bad("comment only", "# x\n", "rota.yaml:1:1: the file is empty (start from the example in README.md)"),
                bad("list at the top", "- a\n", "rota.yaml:1:1: expected keys and values, found a list"),
                bad("text at the top", "hello\n", "rota.yaml:1:1: expected keys and values, found \"hello\""),
                bad(
                        "key near a known one",
                        HEAD + "taks: {}\n",
                        "rota.yaml:4:1: unknown key \"taks\" (did you mean \"tasks\"?)"),
                bad(
                        "key near none",
                        HEAD + "zzzzzz: 1\n",
                        "rota.yaml:4:1: unknown key \"zzzzzz\" (known here: version, cluster, node, tasks, include, revision)"),
                bad(
                        "merge key",
                        node("<<: {weight: 2}"),
                        "rota.yaml:3:35: node: unknown key \"<<\" (known here: gossip_port, peer_port, admin_port,"
                                + " name, bind, data_dir, advertise, tags, weight, slots, reserved_slots)"),
                bad(
                        "key twice",
                        HEAD + "node: {name: n2}\n",
                        "rota.yaml:4:1: \"node\" stands here for the second time (the first one is in line 3)"),
                bad(
                        "key twice in one line",
                        cluster("insecure: true", "seeds: []", "insecure: false"),
                        "rota.yaml:5:3: \"insecure\" stands here for the second time (the first one is in line 3)"),
                bad(
                        "anchor",
                        "version: 1\ncluster: &c {insecure: true}\nnode: {name: n1}\n",
                        "rota.yaml:2:10: anchors and aliases are not supported (write the value out)"),
                bad(
                        "alias",
                        "version: 1\ncluster: &c {insecure: true}\nnode: *c\n",
                        "rota.yaml:2:10: anchors and aliases are not supported (write the value out)",
                        "rota.yaml:3:7: anchors and aliases are not supported (write the value out)",
                        "rota.yaml:3:7: node must hold keys and values, found \"c\""),
                bad(
                        "tag",
                        cluster("insecure: !!bool true"),
                        "rota.yaml:3:13: tags are not supported (remove the !tag)"),
                bad(
                        "own tag",
                        cluster("insecure: !x true"),
                        "rota.yaml:3:13: tags are not supported (remove the !tag)"));
    }

    static List<Arguments> textsThatAreRefused() {
        return List.of(
                bad(
                        "second document",
                        HEAD + "---\nversion: 1\n",
                        "rota.yaml:5:1: a second document begins here (one document per file)"),
                bad(
                        "tab",
                        "version: 1\ncluster:\n\tinsecure: true\n",
                        "rota.yaml:3:1: not valid YAML: found character '\\t(TAB)' that cannot start any token."
                                + " (Do not use \\t(TAB) for indentation) (check indentation and quotes)"),
                bad(
                        "brace left open",
                        "version: 1\ncluster: {insecure: true\nnode: 1\n",
                        "rota.yaml:3:5: not valid YAML: expected ',' or '}', but got : (check indentation and quotes)"),
                bad(
                        "colon in a value",
                        "version: 1\ncluster: a: b\n",
                        "rota.yaml:2:11: not valid YAML: mapping values are not allowed here"
                                + " (check indentation and quotes)"),
                bad(
                        "NUL in a text",
                        task("command: [\"a\\0b\"]"),
                        "rota.yaml:6:15: the text holds a NUL character (no program can be given one)"),
                bad(
                        "60 levels of brackets",
                        "version: 1\na: " + "[".repeat(60) + "]".repeat(60) + "\n",
                        "rota.yaml:2:54: nested deeper than 50 levels"),
                bad(
                        "a million levels of brackets",
                        "version: 1\na: " + "[".repeat(1_000_000),
                        "rota.yaml:2:54: nested deeper than 50 levels"),
                bad("60 levels of keys", "version: 1\n" + levels(60), "rota.yaml:53:52: nested deeper than 50 levels"),
                bad(
                        "4 MB",
                        HEAD + "#" + "x".repeat(4 << 20),
                        "rota.yaml:1:1: is larger than 3145728 bytes (this cannot be a config file)"));
    }

    private static String levels(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"formsThatAreRefused", "textsThatAreRefused"})
    void formIsRefusedWithPlaceAndReason(String what, String text, List<String> expected) throws IOException {
        assertThat(texts.problems(text)).isEqualTo(expected);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        assertThat(texts.problems(new byte[] {'v', ':', ' ', (byte) 0xff, (byte) 0xfe}))
                .containsExactly("rota.yaml:1:1: is not UTF-8 (save it as UTF-8)");
        assertThat(texts.problems(HEAD.getBytes(StandardCharsets.UTF_16)))
                .containsExactly("rota.yaml:1:1: is not UTF-8 (save it as UTF-8)");
    }
}
