package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.HEAD;
import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Params;
import io.rota.scheduler.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kinds of tasks beyond those that are due at instants, and the example that holds one of each. */
final class ConfigKindsTest {
    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    private static String tasks(String... lines) {
        return HEAD + "tasks:\n  " + String.join("\n  ", lines) + "\n";
    }

    private static Path checkout() {
        var at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("ARCHITECTURE.md"))) {
            at = java.util.Objects.requireNonNull(at.getParent(), "no checkout around the working directory");
        }
        return at;
    }

    @Test
    void theExampleHoldsEveryKind() throws Exception {
        var config = ConfigFile.read(
                checkout().resolve("docs/example/kinds.yaml"), ConfigFile.Overrides.none(), name -> null);

        var kinds = new TreeSet<String>();
        config.tasks().forEach(task -> kinds.add(task.schedule().kind()));
        assertThat(kinds).containsExactly("at", "cron", "every", "manual", "needs", "service");
    }

    @Test
    void needsAreReadInTheirOrder() throws Exception {
        var read = texts.read(tasks(
                "a: {run: x, schedule: manual}",
                "b: {run: x, needs: [a]}",
                "c: {run: x, needs: [b, a], when: always, overlap: queue}"));

        assertThat(read.tasks().get(1).schedule()).isEqualTo(new Schedule.After(List.of("a"), Schedule.When.SUCCESS));
        assertThat(read.tasks().get(2).schedule())
                .isEqualTo(new Schedule.After(List.of("b", "a"), Schedule.When.ALWAYS));
    }

    @Test
    void paramsAreReadWithDefaultsAndPatterns() throws Exception {
        var read = texts.read(task(
                "command: [x, '{param.index}', '{other}']",
                "schedule: manual",
                "params: {index: {default: all, pattern: '[a-z]+'}, since: {}}"));

        assertThat(read.tasks().get(0).params().declared())
                .isEqualTo(new TreeMap<>(java.util.Map.of(
                        "index", new Params.Param(Optional.of("all"), "[a-z]+"),
                        "since", new Params.Param(Optional.empty(), ""))));
    }

    private static Arguments bad(String what, String text, String... problems) {
        return Arguments.of(what, text, List.of(problems));
    }

    static List<Arguments> refusedNeeds() {
        return List.of(
                bad(
                        "unknown",
                        tasks("a: {run: x, schedule: manual}", "b: {run: x, needs: [c]}"),
                        "rota.yaml:6:22: tasks.b: needs: there is no task \"c\" (name a task of this file)"),
                bad(
                        "a service",
                        tasks("a: {run: x}", "b: {run: x, needs: [a]}"),
                        "rota.yaml:6:22: tasks.b: needs: a is a service, which never ends (need a task that has a schedule)"),
                bad(
                        "itself",
                        tasks("a: {run: x, needs: [a]}"),
                        "rota.yaml:5:22: tasks.a: needs: it needs itself, by way of a (take one of the needs away)"),
                bad(
                        "a circle",
                        tasks("a: {run: x, needs: [b]}", "b: {run: x, needs: [c]}", "c: {run: x, needs: [a]}"),
                        "rota.yaml:5:22: tasks.a: needs: it needs itself, by way of b (take one of the needs away)",
                        "rota.yaml:6:22: tasks.b: needs: it needs itself, by way of c (take one of the needs away)",
                        "rota.yaml:7:22: tasks.c: needs: it needs itself, by way of a (take one of the needs away)"),
                bad(
                        "two roots",
                        tasks(
                                "a: {run: x, schedule: {every: 5s}}",
                                "b: {run: x, schedule: {every: 7s}}",
                                "c: {run: x, needs: [a, b]}"),
                        "rota.yaml:7:22: tasks.c: needs: it goes back to more than one task of its own schedule: a, b (let them need one common task: only then do they share a cycle)"),
                bad(
                        "twice the same",
                        tasks("a: {run: x, schedule: manual}", "b: {run: x, needs: [a, a]}"),
                        "rota.yaml:6:22: tasks.b: needs must name one or more tasks, each once (write needs: [task])"),
                bad(
                        "none",
                        tasks("a: {run: x, needs: []}"),
                        "rota.yaml:5:22: tasks.a: needs must name one or more tasks, each once (write needs: [task])"),
                bad(
                        "no list",
                        tasks("a: {run: x, needs: b}"),
                        "rota.yaml:5:22: tasks.a: needs must be a list, found \"b\" (write [a, b])"),
                bad(
                        "needs and schedule",
                        tasks("a: {run: x, schedule: manual}", "b: {run: x, schedule: manual, needs: [a]}"),
                        "rota.yaml:6:33: tasks.b: both schedule and needs are given (keep one: a task that needs others is due after them)"),
                bad(
                        "when without needs",
                        tasks("a: {run: x, schedule: manual, when: always}"),
                        "rota.yaml:5:33: tasks.a: when is for tasks that need others (add needs: [task])"),
                bad(
                        "when in another word",
                        tasks("a: {run: x, schedule: manual}", "b: {run: x, needs: [a], when: succes}"),
                        "rota.yaml:6:33: tasks.b: when must be one of always, failure, success, found \"succes\" (did you mean \"success\"?)"),
                bad(
                        "restart and catch-up",
                        tasks(
                                "a: {run: x, schedule: manual, catch_up: all}",
                                "b: {run: x, needs: [a], restart: never, start_deadline: 5m}"),
                        "rota.yaml:5:33: tasks.a: catch_up is for tasks that are due at instants; this one is not (remove it)",
                        "rota.yaml:6:27: tasks.b: restart is for services; this task has a schedule (remove it)",
                        "rota.yaml:6:43: tasks.b: start_deadline is for tasks that are due at instants; this one is not (remove it)"));
    }

    static List<Arguments> refusedParams() {
        return List.of(
                bad(
                        "schedule in another word",
                        task("run: x", "schedule: manuel"),
                        "rota.yaml:7:15: tasks.a: schedule must be one of manual, found \"manuel\" (did you mean \"manual\"?)"),
                bad(
                        "params of a service",
                        task("run: x", "params: {a: {}}"),
                        "rota.yaml:7:5: tasks.a: params are for tasks that are ordered; this is a service (remove it or add schedule)"),
                bad(
                        "no default, due by itself",
                        task("run: x", "schedule: {every: 5s}", "params: {a: {}}"),
                        "rota.yaml:8:17: tasks.a.params.a: param a has no default, and nobody gives it a value when the task falls due by itself (add default, or make it schedule: manual)"),
                bad(
                        "name",
                        task("run: x", "schedule: manual", "params: {A-b: {default: x}}"),
                        "rota.yaml:8:14: tasks.a.params: param name \"A-b\" is not valid (a-z, 0-9, underscore; at most 32)"),
                bad(
                        "unknown key",
                        task("run: x", "schedule: manual", "params: {a: {defualt: x}}"),
                        "rota.yaml:8:18: tasks.a.params.a: unknown key \"defualt\" (did you mean \"default\"?)"),
                bad(
                        "pattern",
                        task("run: x", "schedule: manual", "params: {a: {pattern: '['}}"),
                        "rota.yaml:8:27: tasks.a.params.a: pattern: Unclosed character class (a regular expression as java.util.regex reads it)"),
                bad(
                        "default that does not match",
                        task("run: x", "schedule: manual", "params: {a: {default: B, pattern: '[a-z]+'}}"),
                        "rota.yaml:8:27: tasks.a.params.a: default \"B\" does not match [a-z]+ (let pattern allow the default)"),
                bad(
                        "default that is an option",
                        task("run: x", "schedule: manual", "params: {a: {default: -rf}}"),
                        "rota.yaml:8:27: tasks.a.params.a: default begins with a dash, so a program would read it as an option: declare a pattern to allow it (let pattern allow the default)"),
                bad(
                        "placeholder without param",
                        task("command: [x, '{param.idx}']", "schedule: manual", "params: {index: {}}"),
                        "rota.yaml:6:14: tasks.a: {param.idx} names no param of this task (did you mean \"index\"?)"),
                bad(
                        "placeholder in a script",
                        task("run: 'echo {param.a}'", "schedule: manual", "params: {a: {}}"),
                        "rota.yaml:6:10: tasks.a: {param.a} would put a value of an order into code (use it as an argument of its own, or $ROTA_PARAM_A in a script)"),
                bad(
                        "placeholder as the program",
                        task("command: ['{param.a}']", "schedule: manual", "params: {a: {}}"),
                        "rota.yaml:6:14: tasks.a: {param.a} would put a value of an order into code (use it as an argument of its own, or $ROTA_PARAM_A in a script)"),
                bad(
                        "params as a list",
                        task("run: x", "schedule: manual", "params: [a]"),
                        "rota.yaml:8:13: tasks.a: params must hold keys and values, found a list"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refusedNeeds", "refusedParams"})
    void isRefusedWithPlaceReasonAndRemedy(String what, String text, List<String> expected) throws IOException {
        assertThat(texts.problems(text)).isEqualTo(expected);
    }
}
