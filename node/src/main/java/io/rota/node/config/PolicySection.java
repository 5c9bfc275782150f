package io.rota.node.config;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.OutputRule;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.Retries;
import io.rota.scheduler.RunPolicy;
import io.rota.scheduler.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Reads how the runs of a task with a schedule are treated. */
final class PolicySection {
    private static final List<String> KEYS =
            List.of("overlap", "catch_up", "start_deadline", "timeout", "retries", "success");
    private static final List<String> OF_INSTANTS = List.of("catch_up", "start_deadline");
    private static final Map<String, Overlap> OVERLAPS = new TreeMap<>(
            Map.of("skip", Overlap.SKIP, "queue", Overlap.QUEUE, "replace", Overlap.REPLACE, "allow", Overlap.ALLOW));
    private static final Map<String, CatchUp> CATCH_UPS =
            new TreeMap<>(Map.of("none", CatchUp.NONE, "last", CatchUp.LAST, "all", CatchUp.ALL));
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MAX_EXIT_CODE = 255;

    private final Section section;
    private final Schedule schedule;
    private final Guarantee guarantee;

    PolicySection(Section section, Schedule schedule, Guarantee guarantee) {
        this.section = section;
        this.schedule = schedule;
        this.guarantee = guarantee;
    }

    RunPolicy read() {
        var standard = RunPolicy.standard(schedule);
        var given = KEYS.stream().filter(section::has).toList();
        if (schedule instanceof Schedule.Service && !section.has("schedule")) {
            given.forEach(key -> section.problemAtKey(
                    key, key + " is for tasks with a schedule; this is a service", "remove it or add schedule"));
            return standard;
        }
        if (schedule instanceof Schedule.Delay || (schedule instanceof Schedule.Timed timed && timed.isOpenEnded())) {
            given.stream()
                    .filter(OF_INSTANTS::contains)
                    .forEach(key -> section.problemAtKey(
                            key, key + " is for tasks that are due at instants; this one is not", "remove it"));
        }
        var catchUp = section.choice("catch_up", CATCH_UPS, standard.catchUp());
        var success = success(standard.successCodes());
        return new RunPolicy(
                overlap(),
                catchUp,
                startDeadline(catchUp),
                given.contains("timeout") ? duration("timeout") : Duration.ZERO,
                given.contains("retries") ? retries() : Retries.none(),
                success.codes(),
                success.output());
    }

    private Overlap overlap() {
        var overlap = section.choice("overlap", OVERLAPS, Overlap.SKIP);
        if (overlap == Overlap.ALLOW && guarantee == Guarantee.EXCLUSIVE) {
            section.problemAt("overlap", "an exclusive task never runs twice at once", "use skip, queue or replace");
            return Overlap.SKIP;
        }
        if (guarantee == Guarantee.ONCE && (overlap == Overlap.ALLOW || overlap == Overlap.REPLACE)) {
            section.problemAt(
                    "overlap",
                    "a run of level once is neither cut off nor joined by the next one",
                    "use skip or queue");
            return Overlap.SKIP;
        }
        return overlap;
    }

    private Duration startDeadline(CatchUp catchUp) {
        if (!section.has("start_deadline")) {
            return catchUp == CatchUp.NONE ? RunPolicy.PROMPT : RunPolicy.CATCH_UP_DEADLINE;
        }
        var deadline = duration("start_deadline");
        if (catchUp == CatchUp.NONE) {
            section.problemAtKey(
                    "start_deadline",
                    "start_deadline says how late a missed occurrence may be made up for, and catch_up is none",
                    "add catch_up: last or catch_up: all");
            return RunPolicy.PROMPT;
        }
        return deadline;
    }

    private Duration duration(String key) {
        var duration = section.duration(key).orElse(SECOND);
        if (duration.compareTo(SECOND) < 0 || duration.compareTo(RunPolicy.MAX) > 0) {
            section.problemAt(key, key + " is not within 1s..365d", "");
            return SECOND;
        }
        return duration;
    }

    private Retries retries() {
        return section.section("retries")
                .map(retries -> {
                    if (!retries.has("max")) {
                        retries.problemAt("max", "max is missing", "write retries: {max: 3}");
                    }
                    var none = Retries.none();
                    var read = new Retries(
                            retries.number("max", 0, Retries.MAX, 0),
                            delay(retries, "backoff", none.backoff(), Retries.MAX_BACKOFF),
                            retries.decimal("factor", 1, Retries.MAX_FACTOR, none.factor()),
                            delay(retries, "max_delay", none.maxDelay(), Retries.MAX_DELAY),
                            retries.decimal("jitter", 0, 1, none.jitter()));
                    retries.end();
                    if (guarantee == Guarantee.ONCE && read.max() > 0) {
                        retries.problemAt(
                                "max",
                                "an occurrence of level once starts once, whether it fails or not",
                                "remove retries, or use guarantee: exclusive");
                        return none;
                    }
                    return read;
                })
                .orElseGet(Retries::none);
    }

    private static Duration delay(Section retries, String key, Duration otherwise, Duration longest) {
        if (!retries.has(key)) {
            return otherwise;
        }
        var delay = retries.duration(key).orElse(otherwise);
        if (delay.compareTo(Retries.MIN_DELAY) < 0 || delay.compareTo(longest) > 0) {
            retries.problemAt(key, key + " is not within 100ms.." + longest.toHours() + "h", "");
            return otherwise;
        }
        return delay;
    }

    /** Exit codes and output that mean success. */
    private record Success(SortedSet<Integer> codes, OutputRule output) {}

    private Success success(SortedSet<Integer> otherwise) {
        var nothing = new Success(otherwise, OutputRule.NONE);
        return section.has("success")
                ? section.section("success")
                        .map(success -> success(success, otherwise))
                        .orElse(nothing)
                : nothing;
    }

    private static Success success(Section success, SortedSet<Integer> otherwise) {
        var codes = new TreeSet<Integer>();
        if (success.isEmptyList("exit_codes")) {
            success.problemAt("exit_codes", "no exit code means success", "write exit_codes: [0, 3]");
        } else if (success.has("exit_codes")) {
            codes.addAll(success.each("exit_codes", PolicySection::exitCode, "write exit_codes: [0, 3]"));
        }
        var output = new OutputRule(pattern(success, "output_matches"), pattern(success, "output_not_matches"));
        success.end();
        if (success.keys().isEmpty()) {
            success.problemAt("exit_codes", "success says nothing", "write success: {exit_codes: [0, 3]}");
        }
        return new Success(codes.isEmpty() ? otherwise : codes, output);
    }

    private static String pattern(Section success, String key) {
        var pattern = success.script(key).orElse("");
        try {
            return new OutputRule(pattern, "").matches();
        } catch (PatternSyntaxException e) {
            success.problemAt(key, key + " is no regular expression: " + e.getDescription(), "write FATAL|ERROR");
        } catch (IllegalArgumentException e) {
            success.problemAt(key, key + ": " + e.getMessage(), "at most " + OutputRule.MAX_CHARS + " characters");
        }
        return "";
    }

    static int exitCode(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > MAX_EXIT_CODE) {
            throw new IllegalArgumentException("an exit code is a number from 0 to 255, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }
}
