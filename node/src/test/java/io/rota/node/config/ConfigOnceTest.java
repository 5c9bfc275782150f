package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.DoubtPolicy;
import io.rota.scheduler.DoubtPolicy.Probe;
import io.rota.scheduler.DoubtPolicy.Rule;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** Level once in the config file. */
class ConfigOnceTest {
    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(Path.of(""));

    @BeforeEach
    void open() {
        texts = new ConfigTexts(dir);
    }

    private TaskDefinition read(String... lines) throws ConfigException, IOException {
        var all = new ArrayList<>(List.of("run: x", "schedule: {every: 1h}", "guarantee: once"));
        all.addAll(List.of(lines));
        return texts.read(task(all.toArray(String[]::new))).tasks().get(0);
    }

    @Test
    void aTaskOfLevelOnceIsHeldForAPersonUnlessItSaysOtherwise() throws Exception {
        var task = read();

        assertThat(task.guarantee()).isEqualTo(Guarantee.ONCE);
        assertThat(task.policy().retries().max()).isZero();
        assertThat(task.doubt()).isEqualTo(DoubtPolicy.STANDARD);
    }

    @Test
    void theProbeIsReadWholeAndSharesTheSurroundingsOfTheTask() throws Exception {
        var task = read(
                "working_dir: app",
                "environment: {BANK: north}",
                "probe: {command: [./payout, --status], done: [0, 3], not_done: [10], timeout: 20s, retries: 5}",
                "in_doubt: probe_then_hold",
                "in_doubt_repeat: 1h");

        var work = new Work.Command(
                List.of("./payout", "--status"), "app", new TreeMap<>(java.util.Map.of("BANK", "north")));
        assertThat(task.doubt())
                .isEqualTo(new DoubtPolicy(
                        Rule.PROBE_THEN_HOLD,
                        Optional.of(new Probe(
                                work,
                                new TreeSet<>(List.of(0, 3)),
                                new TreeSet<>(List.of(10)),
                                Duration.ofSeconds(20),
                                5)),
                        Duration.ofHours(1)));
    }

    private static Arguments bad(String what, List<String> lines, String... problems) {
        var all = new ArrayList<>(List.of("run: x"));
        all.addAll(lines);
        return Arguments.of(what, task(all.toArray(String[]::new)), List.of(problems));
    }

    private static Arguments badOnce(String what, String line, String... problems) {
        return bad(what, List.of("schedule: {every: 1h}", "guarantee: once", line), problems);
    }

    static List<Arguments> refused() {
        var example = " (write probe: {command: [./payout, --status], done: [0], not_done: [10]})";
        return List.of(
                bad(
                        "a service",
                        List.of("guarantee: once"),
                        "rota.yaml:7:16: tasks.a: guarantee: once is about the due times of a schedule, and this task has"
                                + " none (add schedule: every, cron or at, or use guarantee: exclusive)"),
                bad(
                        "a task that is only ordered",
                        List.of("schedule: manual", "guarantee: once"),
                        "rota.yaml:8:16: tasks.a: guarantee: once is about the due times of a schedule, and this task has"
                                + " none (add schedule: every, cron or at, or use guarantee: exclusive)"),
                bad(
                        "a task that follows others",
                        List.of("needs: [b]", "guarantee: once", "when: always"),
                        "rota.yaml:7:12: tasks.a: needs: there is no task \"b\" (name a task of this file)",
                        "rota.yaml:8:16: tasks.a: guarantee: once is about the due times of a schedule, and this task has"
                                + " none (add schedule: every, cron or at, or use guarantee: exclusive)"),
                bad(
                        "a probe below level once",
                        List.of("schedule: {every: 1h}", "in_doubt: hold"),
                        "rota.yaml:8:5: tasks.a: in_doubt is for guarantee: once, and this is ring (remove it)"),
                badOnce(
                        "retries",
                        "retries: {max: 2}",
                        "rota.yaml:9:20: tasks.a.retries: an occurrence of level once starts once, whether it fails"
                                + " or not (remove retries, or use guarantee: exclusive)"),
                badOnce(
                        "runs side by side",
                        "overlap: allow",
                        "rota.yaml:9:14: tasks.a: a run of level once is neither cut off nor joined by the next one"
                                + " (use skip or queue)"),
                badOnce(
                        "runs that are cut off",
                        "overlap: replace",
                        "rota.yaml:9:14: tasks.a: a run of level once is neither cut off nor joined by the next one"
                                + " (use skip or queue)"),
                badOnce(
                        "a long grace",
                        "stop_grace_period: 5s",
                        "rota.yaml:9:24: tasks.a: a task of level once must stop within half a lease, 3s"
                                + " (make it shorter or use guarantee: ring)"),
                badOnce(
                        "an unknown rule",
                        "in_doubt: ask",
                        "rota.yaml:9:15: tasks.a: in_doubt must be one of abandon, hold, probe_then_hold, found \"ask\""
                                + " (known here: abandon, hold, probe_then_hold)"),
                badOnce(
                        "a repeat that wakes nobody or everybody",
                        "in_doubt_repeat: 1s",
                        "rota.yaml:9:22: tasks.a: in_doubt_repeat is not within 1m..7d"),
                badOnce(
                        "a probe without anything",
                        "probe: {}",
                        "rota.yaml:9:12: tasks.a.probe: the probe has no command" + example,
                        "rota.yaml:9:12: tasks.a.probe: no exit code of the probe means done" + example),
                badOnce(
                        "codes that mean both",
                        "probe: {command: [x], done: [0, 1], not_done: [1]}",
                        "rota.yaml:9:51: tasks.a.probe: an exit code cannot mean both done and not done" + example),
                badOnce(
                        "times and numbers of the probe",
                        "probe: {command: [x], done: [0], timeout: 2h, retries: 101}",
                        "rota.yaml:9:47: tasks.a.probe: timeout is not within 1s..1h",
                        "rota.yaml:9:60: tasks.a.probe: retries must be a number from 0 to 100, found \"101\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatWouldBreakTheLevelIsRefusedWithTheWayOut(String what, String text, List<String> problems)
            throws IOException {
        assertThat(texts.problems(text)).as(what).containsExactlyElementsOf(problems);
    }

    @Test
    void aProbeThatIsNeverRunIsSaidSo() throws IOException {
        var text = task(
                "run: x",
                "schedule: {every: 1h}",
                "guarantee: once",
                "probe: {command: [x], done: [0]}",
                "in_doubt: abandon");

        assertThat(texts.problems(text))
                .containsExactly("rota.yaml:10:15: tasks.a: there is a probe, and in_doubt says that it is not run"
                        + " (write in_doubt: probe_then_hold, or remove the probe)");
    }
}
