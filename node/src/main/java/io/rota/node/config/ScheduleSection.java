package io.rota.node.config;

import io.rota.scheduler.Schedule;
import io.rota.scheduler.cron.CronSyntaxException;
import io.rota.scheduler.cron.CronTimes;
import io.rota.scheduler.cron.DstRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the schedule of one task. */
final class ScheduleSection {
    private static final List<String> KINDS = List.of("every", "cron", "at");
    private static final List<String> OF_CRON = List.of("time_zone", "dst", "jitter");
    private static final Map<String, DstRule> RULES =
            new TreeMap<>(Map.of("once", DstRule.ONCE, "skip", DstRule.SKIP, "twice", DstRule.TWICE));

    private final String task;
    private final Section section;

    ScheduleSection(String task, Section section) {
        this.task = task;
        this.section = section;
    }

    /** The schedule, or empty after a problem. */
    Optional<? extends Schedule> read() {
        var given = KINDS.stream().filter(section::has).toList();
        if (given.size() != 1) {
            var place = given.isEmpty() ? KINDS.get(0) : given.get(1);
            section.problemAt(
                    place,
                    given.isEmpty() ? "there is no every, cron or at" : String.join(" and ", given) + " are given",
                    "write one of schedule: {every: 15s}, {cron: \"30 2 * * *\"}, {at: \"2027-01-02T03:00:00+01:00\"}, manual");
            OF_CRON.forEach(section::has);
            section.end();
            return Optional.empty();
        }
        var kind = given.get(0);
        if (!kind.equals("cron")) {
            OF_CRON.stream()
                    .filter(section::has)
                    .forEach(key -> section.problemAtKey(key, key + " is for cron, and this is " + kind, "remove it"));
        }
        Optional<? extends Schedule> schedule = switch (kind) {
            case "every" -> every();
            case "cron" -> cron();
            default -> at();
        };
        section.end();
        return schedule;
    }

    private Optional<Schedule> every() {
        return section.duration("every").flatMap(interval -> {
            try {
                return Optional.of(new Schedule.Every(interval));
            } catch (IllegalArgumentException e) {
                section.problemAt("every", String.valueOf(e.getMessage()), "");
                return Optional.empty();
            }
        });
    }

    private Optional<Schedule> cron() {
        var text = section.text("cron");
        var zone = section.has("time_zone") ? zone() : ZoneId.of("UTC");
        var dst = section.choice("dst", RULES, DstRule.ONCE);
        var jitter = section.has("jitter") ? jitter() : Duration.ZERO;
        return text.flatMap(expression -> {
            try {
                return Optional.of(new Schedule.Cron(CronTimes.parse(expression, task, zone, dst), jitter));
            } catch (CronSyntaxException e) {
                section.problemAt(
                        "cron",
                        "cron: " + e.getMessage(),
                        "[second] minute hour day-of-month month day-of-week, like \"30 2 * * MON-FRI\"");
                return Optional.empty();
            }
        });
    }

    private ZoneId zone() {
        var text = section.text("time_zone").orElse("UTC");
        if (ZoneId.getAvailableZoneIds().contains(text)) {
            return ZoneId.of(text);
        }
        var near = Suggestions.didYouMean(text, ZoneId.getAvailableZoneIds());
        section.problemAt(
                "time_zone",
                "time_zone: there is no time zone \"" + text + "\"",
                near.startsWith("did") ? near : "a name of the tz database, like Europe/Berlin or UTC");
        return ZoneId.of("UTC");
    }

    private Duration jitter() {
        var jitter = section.duration("jitter").orElse(Duration.ZERO);
        if (jitter.compareTo(Schedule.Cron.MAX_JITTER) > 0) {
            section.problemAt("jitter", "jitter is longer than 1h", "");
            return Schedule.Cron.MAX_JITTER;
        }
        return jitter;
    }

    private Optional<Schedule> at() {
        return section.text("at").flatMap(text -> {
            try {
                return Optional.of(new Schedule.At(OffsetDateTime.parse(text).toInstant()));
            } catch (DateTimeException e) {
                section.problemAt(
                        "at",
                        "at: \"" + text + "\" is not an instant with its offset",
                        "write \"2027-01-02T03:00:00+01:00\" or \"2027-01-02T02:00:00Z\"");
                return Optional.empty();
            }
        });
    }
}
