package io.rota.node.config;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Rebalance;
import io.rota.scheduler.RestartPolicy;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.Shards;
import io.rota.scheduler.Share;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
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
            new TreeMap<>(Map.of("ring", Guarantee.RING, "exclusive", Guarantee.EXCLUSIVE, "once", Guarantee.ONCE));
    private static final Map<String, Schedule.When> WHENS = new TreeMap<>(
            Map.of("success", Schedule.When.SUCCESS, "failure", Schedule.When.FAILURE, "always", Schedule.When.ALWAYS));
    private static final Map<String, RestartPolicy> RESTARTS = new TreeMap<>(Map.of(
            "always", RestartPolicy.ALWAYS, "on-failure", RestartPolicy.ON_FAILURE, "never", RestartPolicy.NEVER));
    private static final Map<String, Rebalance> REBALANCES =
            new TreeMap<>(Map.of("never", Rebalance.NEVER, "idle", Rebalance.IDLE, "force", Rebalance.FORCE));

    /** Surroundings of a probe whose task is no process. */
    private static final Work.Command NO_COMMAND = new Work.Command(List.of("none"), "", new TreeMap<>());

    private final String name;
    private final Section section;

    TaskSection(String name, Section section) {
        this.name = name;
        this.section = section;
    }

    /** The task, or its shards; empty after a problem that leaves nothing to run. */
    List<TaskDefinition> read() {
        var schedule = schedule();
        var guarantee = section.choice("guarantee", GUARANTEES, Guarantee.RING);
        if (guarantee == Guarantee.ONCE && !hasDueTimes(schedule)) {
            section.problemAt(
                    "guarantee",
                    "guarantee: once is about the due times of a schedule, and this task has none",
                    "add schedule: every, cron or at, or use guarantee: exclusive");
            guarantee = Guarantee.EXCLUSIVE;
        }
        var restart = section.choice("restart", RESTARTS, RestartPolicy.ALWAYS);
        var grace = stopGrace(guarantee);
        var work = new WorkSection(section, guarantee).read();
        var tags = tags();
        var rebalance = section.choice("rebalance", REBALANCES, Rebalance.standard(schedule));
        if (section.has("restart") && (section.has("schedule") || section.has("needs"))) {
            section.problemAtKey("restart", "restart is for services; this task has a schedule", "remove it");
        }
        var params = new ParamsSection(section, schedule)
                .read(work.isPresent() && work.get() instanceof Work.Command command ? command.command() : List.of());
        var policy = new PolicySection(section, schedule, guarantee).read();
        var share = share(schedule);
        boolean http = work.isPresent() && work.get() instanceof Work.Http;
        if (http && !section.has("schedule") && !section.has("needs")) {
            section.problemAtKey("http", "an HTTP call ends by itself, and this is a service", "add schedule");
        }
        var doubt = new DoubtSection(section, guarantee)
                .read(work.isPresent() && work.get() instanceof Work.Command command ? command : NO_COMMAND);
        int shards = section.has("shards") ? section.number("shards", 2, Shards.MOST, 1) : 1;
        if (shards > 1 && work.isPresent() && !(work.get() instanceof Work.Command)) {
            section.problemAtKey("shards", "only a command can be told which shard it is", "use command or run");
            shards = 1;
        }
        section.end();
        if (work.isEmpty() || !TaskDefinition.isValidName(name) || (http && !allowsHttp(schedule, guarantee))) {
            return List.of();
        }
        var bounded = http && policy.timeout().isZero() ? policy.withTimeout(Work.Http.STANDARD_TIMEOUT) : policy;
        var task = new TaskDefinition(
                name, work.get(), schedule, guarantee, restart, grace, tags, rebalance, bounded, share, params, doubt);
        return shards == 1 ? List.of(task) : Shards.of(task, shards);
    }

    /** The opposite is a problem that has been reported. */
    private static boolean allowsHttp(Schedule schedule, Guarantee guarantee) {
        return guarantee == Guarantee.RING && !(schedule instanceof Schedule.Service);
    }

    private static boolean hasDueTimes(Schedule schedule) {
        return schedule instanceof Schedule.Timed
                && !(schedule instanceof Schedule.Manual)
                && !(schedule instanceof Schedule.After);
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

    /** What a run takes of the node: a number of slots, and a class or a number for how urgent it is. */
    private Share share(Schedule schedule) {
        var standard = Share.STANDARD;
        if (schedule instanceof Schedule.Service) {
            List.of("slots", "priority").stream()
                    .filter(section::has)
                    .forEach(key -> section.problemAtKey(
                            key, key + " is for tasks with a schedule; a service takes no slot", "remove it"));
            return standard;
        }
        int slots = section.number("slots", 1, Share.MAX_SLOTS, standard.slots());
        int priority = section.text("priority").map(this::priority).orElse(standard.priority());
        return new Share(slots, priority);
    }

    private int priority(String text) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= Share.MAX_PRIORITY) {
            return Integer.parseInt(text);
        }
        if (!text.equals("interactive") && !text.equals("batch")) {
            section.problemAt(
                    "priority",
                    "priority must be interactive, batch or a number from 0 to 100, found \"" + text + "\"",
                    "interactive is 80, batch is 20, and 50 applies where nothing is said");
        }
        return text.equals("batch") ? Share.BATCH : Share.INTERACTIVE;
    }

    private Duration stopGrace(Guarantee guarantee) {
        var grace = section.duration("stop_grace_period").orElse(TaskDefinition.STANDARD_STOP_GRACE);
        if (guarantee.needsClaim() && grace.compareTo(MAX_EXCLUSIVE_GRACE) > 0) {
            section.problemAt(
                    "stop_grace_period",
                    (guarantee == Guarantee.ONCE ? "a task of level once" : "an exclusive task")
                            + " must stop within half a lease, 3s",
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
