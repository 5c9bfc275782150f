package io.rota.node.config;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.RestartPolicy;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one task of the config file. */
final class TaskSection {
    /** Half a lease: an exclusive task must be stopped in good order before the lease ends. */
    private static final Duration MAX_EXCLUSIVE_GRACE = Duration.ofSeconds(3);

    private static final Duration MAX_GRACE = Duration.ofHours(1);
    private static final Map<String, Guarantee> GUARANTEES =
            new TreeMap<>(Map.of("ring", Guarantee.RING, "exclusive", Guarantee.EXCLUSIVE));
    private static final Map<String, Schedule.When> WHENS = new TreeMap<>(
            Map.of("success", Schedule.When.SUCCESS, "failure", Schedule.When.FAILURE, "always", Schedule.When.ALWAYS));
    private static final Map<String, RestartPolicy> RESTARTS = new TreeMap<>(Map.of(
            "always", RestartPolicy.ALWAYS, "on-failure", RestartPolicy.ON_FAILURE, "never", RestartPolicy.NEVER));

    private final String name;
    private final Section section;
    private final Path file;

    TaskSection(String name, Section section, Path file) {
        this.name = name;
        this.section = section;
        this.file = file;
    }

    /** The task, or empty after a problem that leaves nothing to run. */
    Optional<TaskDefinition> read() {
        var schedule = schedule();
        var guarantee = section.choice("guarantee", GUARANTEES, Guarantee.RING);
        var restart = section.choice("restart", RESTARTS, RestartPolicy.ALWAYS);
        var grace = stopGrace(guarantee);
        var work = new WorkSection(section, file, guarantee).read();
        var tags = tags();
        if (section.has("restart") && (section.has("schedule") || section.has("needs"))) {
            section.problemAtKey("restart", "restart is for services; this task has a schedule", "remove it");
        }
        var params = new ParamsSection(section, schedule)
                .read(work.isPresent() && work.get() instanceof Work.Command command ? command.command() : List.of());
        var policy = new PolicySection(section, schedule, guarantee).read();
        boolean http = work.isPresent() && work.get() instanceof Work.Http;
        if (http && !section.has("schedule") && !section.has("needs")) {
            section.problemAtKey("http", "an HTTP call ends by itself, and this is a service", "add schedule");
        }
        section.end();
        if (work.isEmpty() || !TaskDefinition.isValidName(name) || (http && !allowsHttp(schedule, guarantee))) {
            return Optional.empty();
        }
        var bounded = http && policy.timeout().isZero() ? policy.withTimeout(Work.Http.STANDARD_TIMEOUT) : policy;
        return Optional.of(
                new TaskDefinition(name, work.get(), schedule, guarantee, restart, grace, tags, bounded, params));
    }

    /** The opposite is a problem that has been reported. */
    private static boolean allowsHttp(Schedule schedule, Guarantee guarantee) {
        return guarantee == Guarantee.RING && !(schedule instanceof Schedule.Service);
    }

    private Schedule schedule() {
        var after = after();
        if (after.isPresent()) {
            return after.get();
        }
        if (section.has("schedule") && section.isText("schedule")) {
            section.choice("schedule", Map.of("manual", true), true);
            return new Schedule.Manual();
        }
        Optional<Schedule> schedule = section.has("schedule")
                ? section.section("schedule").flatMap(given -> new ScheduleSection(name, given).read())
                : Optional.empty();
        return schedule.orElseGet(Schedule.Service::new);
    }

    /** The tasks that it needs, if it names any; whether they exist is seen when all tasks are read. */
    private Optional<Schedule> after() {
        var when = section.choice("when", WHENS, Schedule.When.SUCCESS);
        if (!section.has("needs")) {
            if (section.has("when")) {
                section.problemAtKey("when", "when is for tasks that need others", "add needs: [task]");
            }
            return Optional.empty();
        }
        if (section.has("schedule")) {
            section.problemAtKey(
                    "needs",
                    "both schedule and needs are given",
                    "keep one: a task that needs others is due after them");
        }
        return section.texts("needs").map(needs -> {
            try {
                return new Schedule.After(needs, when);
            } catch (IllegalArgumentException e) {
                section.problemAt("needs", "needs must name one or more tasks, each once", "write needs: [task]");
                return new Schedule.Manual();
            }
        });
    }

    private Duration stopGrace(Guarantee guarantee) {
        var grace = section.duration("stop_grace_period").orElse(TaskDefinition.STANDARD_STOP_GRACE);
        if (guarantee == Guarantee.EXCLUSIVE && grace.compareTo(MAX_EXCLUSIVE_GRACE) > 0) {
            section.problemAt(
                    "stop_grace_period",
                    "an exclusive task must stop within half a lease, 3s",
                    "make it shorter or use guarantee: ring");
            return MAX_EXCLUSIVE_GRACE;
        }
        if (grace.compareTo(MAX_GRACE) > 0) {
            section.problemAt("stop_grace_period", "stop_grace_period is longer than 1h", "");
            return MAX_GRACE;
        }
        return grace;
    }

    private SortedMap<String, String> tags() {
        if (!section.has("placement")) {
            return new TreeMap<>();
        }
        return section.section("placement")
                .map(placement -> {
                    SortedMap<String, String> tags = placement.has("tags") ? placement.map("tags") : new TreeMap<>();
                    placement.end();
                    return tags;
                })
                .orElseGet(TreeMap::new);
    }
}
