package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.OutputRule;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.Retries;
import io.rota.scheduler.RunPolicy;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.cron.CronTimes;
import io.rota.scheduler.cron.DstRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules and the policy of runs: what is read, and what is refused with place, reason and the way out. */
final class ConfigScheduleTest {
    private static final String CRON_HINT =
            " ([second] minute hour day-of-month month day-of-week, like \"30 2 * * MON-FRI\")";
    private static final String KIND_HINT =
            " (write one of schedule: {every: 15s}, {cron: \"30 2 * * *\"}, {at: \"2027-01-02T03:00:00+01:00\"}, manual)";

    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    private Schedule schedule(String text) throws Exception {
        return texts.read(task("run: x", "schedule: " + text)).tasks().get(0).schedule();
    }

    private RunPolicy policy(String... lines) throws Exception {
        var all = new java.util.ArrayList<>(List.of("run: x"));
        all.addAll(List.of(lines));
        return texts.read(task(all.toArray(String[]::new))).tasks().get(0).policy();
    }

    @Test
    void cronIsReadWithItsZoneRuleAndJitter() throws Exception {
        assertThat(schedule("{cron: '0 30 2 * * *', time_zone: Europe/Berlin, dst: twice, jitter: 60s}"))
                .isEqualTo(new Schedule.Cron(
                        CronTimes.parse("0 30 2 * * *", "a", ZoneId.of("Europe/Berlin"), DstRule.TWICE),
                        Duration.ofSeconds(60)));
        assertThat(schedule("{cron: H 2 * * *}"))
                .isEqualTo(new Schedule.Cron(
                        CronTimes.parse("H 2 * * *", "a", ZoneId.of("UTC"), DstRule.ONCE), Duration.ZERO));
    }

    @Test
    void anInstantIsReadWithItsOffset() throws Exception {
        assertThat(schedule("{at: 2027-01-02T03:00:00+01:00}"))
                .isEqualTo(new Schedule.At(Instant.parse("2027-01-02T02:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{every: 1h}               | NONE | PT5S",
                "{every: 61m}              | LAST | PT24H",
                "{cron: '30 2 * * *'}      | LAST | PT24H",
                "{cron: '0 9-17 * * *'}    | NONE | PT5S",
                "{at: 2027-01-02T02:00:00Z}| LAST | PT24H"
            })
    void whatIsCaughtUpByDefaultDependsOnTheInterval(String schedule, CatchUp catchUp, Duration deadline)
            throws Exception {
        var policy = policy("schedule: " + schedule);

        assertThat(policy.catchUp()).isEqualTo(catchUp);
        assertThat(policy.startDeadline()).isEqualTo(deadline);
    }

    @Test
    void thePolicyIsReadWhole() throws Exception {
        var policy = policy(
                "schedule: {every: 15s}",
                "overlap: queue",
                "catch_up: all",
                "start_deadline: 4h",
                "timeout: 10m",
                "retries: {max: 5, backoff: 2s, factor: 1.5, max_delay: 1m, jitter: 0}",
                "success: {exit_codes: [0, 3]}");

        assertThat(policy)
                .isEqualTo(new RunPolicy(
                        Overlap.QUEUE,
                        CatchUp.ALL,
                        Duration.ofHours(4),
                        Duration.ofMinutes(10),
                        new Retries(5, Duration.ofSeconds(2), 1.5, Duration.ofMinutes(1), 0),
                        new TreeSet<>(List.of(0, 3))));
    }

    @Test
    void successMayBeAMatterOfTheOutput() throws Exception {
        var policy = policy(
                "schedule: {every: 15s}", "success: {output_matches: 'done in [0-9]+ s$', output_not_matches: FATAL}");

        assertThat(policy.output()).isEqualTo(new OutputRule("done in [0-9]+ s$", "FATAL"));
        assertThat(policy.successCodes()).containsExactly(0);
    }

    private static Arguments bad(String what, List<String> lines, String... problems) {
        var all = new java.util.ArrayList<>(List.of("run: x"));
        all.addAll(lines);
        return Arguments.of(what, task(all.toArray(String[]::new)), List.of(problems));
    }

    static List<Arguments> refusedSchedules() {
        return List.of(
                bad(
                        "bad cron",
                        List.of("schedule: {cron: '0 25 * * *'}"),
                        "rota.yaml:7:22: tasks.a.schedule: cron: 25 is not within 0-23 of hour (at character 3)"
                                + CRON_HINT),
                bad(
                        "cron that never comes",
                        List.of("schedule: {cron: '* * 31 2 *'}"),
                        "rota.yaml:7:22: tasks.a.schedule: cron: \"* * 31 2 *\" never comes: no month has such a day"
                                + " (at character 1)" + CRON_HINT),
                bad(
                        "bad zone",
                        List.of("schedule: {cron: 0 2 * * *, time_zone: Europe/Berln}"),
                        "rota.yaml:7:44: tasks.a.schedule: time_zone: there is no time zone \"Europe/Berln\""
                                + " (did you mean \"Europe/Berlin\"?)"),
                bad(
                        "zone that is like none",
                        List.of("schedule: {cron: 0 2 * * *, time_zone: Middle_Earth}"),
                        "rota.yaml:7:44: tasks.a.schedule: time_zone: there is no time zone \"Middle_Earth\""
                                + " (a name of the tz database, like Europe/Berlin or UTC)"),
                bad(
                        "bad rule and jitter",
                        List.of("schedule: {cron: 0 2 * * *, dst: never, jitter: 2h}"),
                        "rota.yaml:7:38: tasks.a.schedule: dst must be one of once, skip, twice, found \"never\""
                                + " (known here: once, skip, twice)",
                        "rota.yaml:7:53: tasks.a.schedule: jitter is longer than 1h"),
                bad(
                        "instant without offset",
                        List.of("schedule: {at: 2027-01-02T03:00:00}"),
                        "rota.yaml:7:20: tasks.a.schedule: at: \"2027-01-02T03:00:00\" is not an instant with its offset"
                                + " (write \"2027-01-02T03:00:00+01:00\" or \"2027-01-02T02:00:00Z\")"),
                bad(
                        "two kinds",
                        List.of("schedule: {every: 5s, cron: 0 2 * * *}"),
                        "rota.yaml:7:33: tasks.a.schedule: every and cron are given" + KIND_HINT),
                bad(
                        "zone of an interval",
                        List.of("schedule: {every: 5s, time_zone: UTC}"),
                        "rota.yaml:7:27: tasks.a.schedule: time_zone is for cron, and this is every (remove it)"));
    }

    static List<Arguments> refusedPolicies() {
        return List.of(
                bad(
                        "policy of a service",
                        List.of("timeout: 5s", "overlap: skip"),
                        "rota.yaml:7:5: tasks.a: timeout is for tasks with a schedule; this is a service"
                                + " (remove it or add schedule)",
                        "rota.yaml:8:5: tasks.a: overlap is for tasks with a schedule; this is a service"
                                + " (remove it or add schedule)"),
                bad(
                        "exclusive that overlaps",
                        List.of("schedule: {every: 5s}", "guarantee: exclusive", "overlap: allow"),
                        "rota.yaml:9:14: tasks.a: an exclusive task never runs twice at once"
                                + " (use skip, queue or replace)"),
                bad(
                        "deadline of what is not caught up",
                        List.of("schedule: {every: 5s}", "start_deadline: 1m"),
                        "rota.yaml:8:5: tasks.a: start_deadline says how late a missed occurrence may be made up for,"
                                + " and catch_up is none (add catch_up: last or catch_up: all)"),
                bad(
                        "words and times of the policy",
                        List.of("schedule: {every: 5s}", "overlap: forbid", "catch_up: al", "timeout: 0s"),
                        "rota.yaml:8:14: tasks.a: overlap must be one of allow, queue, replace, skip, found \"forbid\""
                                + " (known here: allow, queue, replace, skip)",
                        "rota.yaml:9:15: tasks.a: catch_up must be one of all, last, none, found \"al\""
                                + " (did you mean \"all\"?)",
                        "rota.yaml:10:14: tasks.a: timeout is not within 1s..365d"),
                bad(
                        "retries",
                        List.of("schedule: {every: 5s}", "retries: {max: 101, backoff: 2h, factor: 0.5, jitter: 1.5}"),
                        "rota.yaml:8:20: tasks.a.retries: max must be a number from 0 to 100, found \"101\"",
                        "rota.yaml:8:34: tasks.a.retries: backoff is not within 100ms..1h",
                        "rota.yaml:8:46: tasks.a.retries: factor must be a number from 1 to 10, found \"0.5\"",
                        "rota.yaml:8:59: tasks.a.retries: jitter must be a number from 0 to 1, found \"1.5\""),
                bad(
                        "retries without their number",
                        List.of("schedule: {every: 5s}", "retries: {backof: 2s}"),
                        "rota.yaml:8:14: tasks.a.retries: max is missing (write retries: {max: 3})",
                        "rota.yaml:8:15: tasks.a.retries: unknown key \"backof\" (did you mean \"backoff\"?)"),
                bad(
                        "exit codes",
                        List.of("schedule: {every: 5s}", "success: {exit_codes: [0, 256, x]}"),
                        "rota.yaml:8:31: tasks.a.success: an exit code is a number from 0 to 255, not \"256\""
                                + " (write exit_codes: [0, 3])",
                        "rota.yaml:8:36: tasks.a.success: an exit code is a number from 0 to 255, not \"x\""
                                + " (write exit_codes: [0, 3])"),
                bad(
                        "no exit code",
                        List.of("schedule: {every: 5s}", "success: {exit_codes: []}"),
                        "rota.yaml:8:27: tasks.a.success: no exit code means success (write exit_codes: [0, 3])"),
                bad(
                        "success that says nothing",
                        List.of("schedule: {every: 5s}", "success: {}"),
                        "rota.yaml:8:14: tasks.a.success: success says nothing (write success: {exit_codes: [0, 3]})"),
                bad(
                        "patterns",
                        List.of(
                                "schedule: {every: 5s}",
                                "success: {output_matches: '[', output_not_matches: " + "x".repeat(1001) + "}"),
                        "rota.yaml:8:31: tasks.a.success: output_matches is no regular expression: Unclosed character"
                                + " class (write FATAL|ERROR)",
                        "rota.yaml:8:56: tasks.a.success: output_not_matches: a pattern of 1001 characters is too long"
                                + " (at most 1000 characters)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refusedSchedules", "refusedPolicies"})
    void isRefusedWithPlaceAndReason(String what, String text, List<String> expected) throws IOException {
        assertThat(texts.problems(text)).isEqualTo(expected);
    }
}
