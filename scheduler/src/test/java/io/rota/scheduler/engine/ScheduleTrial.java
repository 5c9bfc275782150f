package io.rota.scheduler.engine;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Two hours of random schedules, chains and orders on a few nodes that die, come back, hand tasks to each other, lose
 * messages and have their wall clocks set an hour forwards and back; then a quiet half hour, and the question what every
 * occurrence came to. Everything follows from the seed.
 */
final class ScheduleTrial {
    private static final long MINUTE = 60_000;
    private static final long CHAOS_MILLIS = 120 * MINUTE;
    private static final long QUIET_MILLIS = 30 * MINUTE;
    /** Occurrences of the last minutes may still be under way. */
    private static final long TAIL_MILLIS = 8 * MINUTE;
    /** What a node records this shortly before its death may be known to nobody: the documented limit. */
    private static final long LAST_WORDS_MILLIS = 5_000;

    private final Random random;
    private final List<TaskDefinition> tasks;
    private final ScheduleWorld world;
    private final List<String> nodes;
    private int orders;

    ScheduleTrial(long seed, UnaryOperator<ScheduleWorld> fault) {
        this.random = new Random(seed);
        this.nodes = List.of("n1", "n2", "n3", "n4").subList(0, 2 + random.nextInt(3));
        this.tasks = tasks();
        this.world = fault.apply(new ScheduleWorld(seed, nodes, tasks).network(20, 30));
    }

    // ---- what is simulated

    private List<TaskDefinition> tasks() {
        var made = new ArrayList<TaskDefinition>();
        int roots = 2 + random.nextInt(3);
        for (int i = 0; i < roots; i++) {
            var root = root("r" + i);
            made.add(root);
            int children = random.nextInt(4);
            for (int j = 0; j < children; j++) {
                var above = new ArrayList<>(List.of("r" + i));
                for (int k = 0; k < j; k++) {
                    if (random.nextBoolean()) {
                        above.add("r" + i + "c" + k);
                    }
                }
                var when = pick(List.of(Schedule.When.values()));
                made.add(policy(
                        Tasks.task("r" + i + "c" + j, new Schedule.After(above, when), Guarantee.RING), CatchUp.NONE));
            }
        }
        return made;
    }

    private TaskDefinition root(String name) {
        var catchUp = pick(List.of(CatchUp.values()));
        return switch (random.nextInt(5)) {
            case 0 -> policy(Tasks.task(name, new Schedule.Manual(), Guarantee.RING), CatchUp.NONE);
            case 1 -> {
                var at = ScheduleWorld.START.plusMillis(MINUTE + random.nextLong(CHAOS_MILLIS));
                yield policy(Tasks.task(name, new Schedule.At(at), Guarantee.RING), catchUp);
            }
            case 2 -> policy(Tasks.cron(name, random.nextInt(60) + " * * * *", "Europe/Berlin"), catchUp);
            case 3 -> policy(Tasks.cron(name, "*/" + (1 + random.nextInt(15)) + " * * * *", "Asia/Kolkata"), catchUp);
            default -> policy(Tasks.every(name, Duration.ofSeconds(60 + random.nextInt(600))), catchUp);
        };
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private TaskDefinition policy(TaskDefinition task, CatchUp catchUp) {
        var overlap = pick(List.of(Overlap.values()));
        return task.with(Tasks.policy(overlap, catchUp, Duration.ofHours(catchUp == CatchUp.NONE ? 1 : 3)));
    }

    /** Runs it. */
    ScheduleTrial run() {
        world.shuffleOwners(0);
        while (world.elapsedMillis() < CHAOS_MILLIS) {
            world.run(5_000 + random.nextInt(240_000));
            disturb();
        }
        nodes.forEach(node -> world.setClock(node, 0));
        nodes.stream().filter(node -> !world.live().contains(node)).forEach(world::restart);
        world.shuffleOwners(0);
        world.run(QUIET_MILLIS);
        return this;
    }

    private void disturb() {
        var live = world.live();
        var node = live.get(random.nextInt(live.size()));
        switch (random.nextInt(6)) {
            case 0 -> world.setClock(node, (random.nextInt(3) - 1L) * 60 * MINUTE);
            case 1 -> {
                if (live.size() > 1) {
                    world.kill(node, 200 + random.nextInt(3_000));
                }
            }
            case 2 ->
                nodes.stream().filter(name -> !live.contains(name)).findFirst().ifPresent(world::restart);
            case 3 -> order();
            default -> world.shuffleOwners(random.nextInt(2_000));
        }
    }

    private void order() {
        var task = tasks.get(random.nextInt(tasks.size()));
        world.live().forEach(name -> world.order(name, task.name(), "k" + orders));
        orders++;
    }

    // ---- what must hold

    /** Everything that is wrong, in words. */
    List<String> findings() {
        var found = new ArrayList<String>();
        var ends = new TreeMap<String, List<ScheduleWorld.Kept>>();
        var known = new TreeSet<String>();
        for (var entry : world.kept()) {
            known.add(entry.run().id());
            if (entry.run().state().isTerminal()) {
                ends.computeIfAbsent(entry.run().id(), id -> new ArrayList<>()).add(entry);
            }
        }
        repeated(ends, found);
        for (var task : tasks) {
            if (task.schedule() instanceof Schedule.After) {
                missedCycles(task, ends, found);
            } else {
                missedInstants(task, known, found);
            }
        }
        for (var id : known) {
            if (!ends.containsKey(id) && !diedWith(id) && !isLate(id)) {
                found.add(id + " began and has no end");
            }
        }
        return found;
    }

    private void repeated(Map<String, List<ScheduleWorld.Kept>> ends, List<String> found) {
        ends.forEach((id, records) -> {
            var heard = records.stream().filter(record -> !isLastWord(record)).toList();
            if (heard.size() > 1) {
                found.add(id + " was recorded " + heard.size() + " times: " + heard);
            }
        });
        var starts = new HashMap<String, Integer>();
        world.kept().stream()
                .filter(entry -> entry.run().state() == io.rota.scheduler.RunState.STARTING)
                .filter(entry -> !isLastWord(entry))
                .forEach(entry -> starts.merge(entry.run().id(), 1, Integer::sum));
        starts.forEach((id, times) -> {
            if (times > 1) {
                found.add(id + " was started " + times + " times");
            }
        });
    }

    private void missedInstants(TaskDefinition task, Set<String> known, List<String> found) {
        var schedule = (Schedule.Timed) task.schedule();
        long end = ScheduleWorld.START.toEpochMilli() + world.elapsedMillis() - TAIL_MILLIS;
        long at = schedule.nextAfter(ScheduleWorld.START.toEpochMilli());
        while (at <= end) {
            var id = task.name() + "@" + Instant.ofEpochMilli(at);
            if (!known.contains(id)) {
                found.add(id + " has no record");
            }
            at = schedule.nextAfter(at);
        }
    }

    private void missedCycles(TaskDefinition task, Map<String, List<ScheduleWorld.Kept>> ends, List<String> found) {
        var graph = new TaskGraph(tasks);
        var cycles = new TreeSet<String>();
        graph.parentsOf(task.name())
                .forEach(parent -> ends.keySet().stream()
                        .filter(id -> id.startsWith(parent + "@"))
                        .forEach(id -> cycles.add(id.substring(id.indexOf('@') + 1))));
        for (var cycle : cycles) {
            var origin = RunOrigin.orderedTask(cycle)
                    .orElseGet(() -> graph.rootOf(task.name()).orElseThrow());
            var parents = graph.parentsInCycleOf(task.name(), origin);
            boolean due = parents.stream().allMatch(parent -> endedInTime(ends.get(parent + "@" + cycle)));
            if (due && !parents.isEmpty() && !ends.containsKey(task.name() + "@" + cycle)) {
                found.add(task.name() + "@" + cycle + " has no end, and all that it needs has");
            }
        }
    }

    private boolean endedInTime(@org.jspecify.annotations.Nullable List<ScheduleWorld.Kept> records) {
        return records != null
                && records.stream()
                        .anyMatch(record ->
                                !isLastWord(record) && record.atMillis() < world.elapsedMillis() - TAIL_MILLIS);
    }

    /** Said by a node shortly before it died. */
    private boolean isLastWord(ScheduleWorld.Kept entry) {
        return world.deaths().stream()
                .anyMatch(death -> death.node().equals(entry.node())
                        && entry.atMillis() <= death.atMillis()
                        && entry.atMillis() > death.atMillis() - LAST_WORDS_MILLIS);
    }

    /** True if the run was under way on a node when that died, and nobody was to know of it. */
    private boolean diedWith(String id) {
        var last = world.kept().stream()
                .filter(entry -> entry.run().id().equals(id))
                .reduce((first, second) -> second)
                .orElseThrow();
        boolean died = world.deaths().stream()
                .anyMatch(death -> death.node().equals(last.node()) && death.atMillis() >= last.atMillis());
        var task = tasks.stream()
                .filter(each -> each.name().equals(last.run().task()))
                .findFirst()
                .orElseThrow();
        var graph = new TaskGraph(tasks);
        boolean told = last.run().origin().isOrder()
                || graph.isLinked(task.name())
                || task.policy().catchUp() != CatchUp.NONE
                || task.schedule() instanceof Schedule.At;
        return died && (!told || isLastWord(last));
    }

    private boolean isLate(String id) {
        return world.kept().stream()
                .filter(entry -> entry.run().id().equals(id))
                .anyMatch(entry -> entry.atMillis() > world.elapsedMillis() - TAIL_MILLIS);
    }

    /** Records of runs that ended. */
    long ended() {
        return world.kept().stream()
                .filter(entry -> entry.run().state().isTerminal())
                .count();
    }

    int deaths() {
        return world.deaths().size();
    }
}
