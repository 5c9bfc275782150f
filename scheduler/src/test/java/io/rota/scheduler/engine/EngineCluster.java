package io.rota.scheduler.engine;

import io.rota.scheduler.TaskDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Some engines under one virtual clock: messages take a while, processes take a while to start and to stop, and each node
 * may be told something else about who owns what. Watches that no task ever has two processes. Everything follows from
 * the seed.
 */
final class EngineCluster {
    private static final long MILLI = 1_000_000L;

    private final Random random;
    private final List<TaskDefinition> tasks;
    private final Map<String, Engine> engines = new TreeMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
    private final Map<String, Set<String>> runningOn = new TreeMap<>();
    private final Map<Long, Asker> askers = new HashMap<>();
    private final Map<String, String> taskOfRun = new HashMap<>();
    private final List<String> overlaps = new ArrayList<>();
    private final List<Run> kept = new ArrayList<>();
    private long nowNanos;
    private long count;
    private int starts;
    private boolean lying;

    private record Event(long atNanos, long number, Runnable work) {}

    private record Asker(String node, Effect.AskYield ask) {}

    EngineCluster(long seed, List<String> nodes, List<TaskDefinition> tasks) {
        this.random = new Random(seed);
        this.tasks = tasks;
        nodes.forEach(node -> engines.put(node, new Engine(node + "/1", tasks)));
    }

    Moment now() {
        return new Moment(nowNanos, 1_000_000_000_000L + nowNanos / MILLI);
    }

    /** Tells one node what it owns, by its own view. */
    void target(String node, Set<String> owned) {
        var others =
                engines.keySet().stream().filter(name -> !name.equals(node)).collect(Collectors.toSet());
        perform(node, engine(node).onTargets(now(), new Targets(owned, others)));
    }

    /** Tells every node the same: each task belongs to one of them. */
    void agree(Map<String, String> ownerOfTask) {
        for (var node : engines.keySet()) {
            target(
                    node,
                    ownerOfTask.entrySet().stream()
                            .filter(entry -> entry.getValue().equals(node))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet()));
        }
    }

    /** Gives some node a random idea of what it owns. */
    void confuse() {
        var names = new ArrayList<>(engines.keySet());
        var node = names.get(random.nextInt(names.size()));
        var owned = new TreeSet<String>();
        tasks.stream()
                .map(TaskDefinition::name)
                .filter(task -> random.nextInt(3) == 0)
                .forEach(owned::add);
        target(node, owned);
    }

    void run(long millis) {
        long end = nowNanos + millis * MILLI;
        while (nowNanos < end) {
            long wake = Math.min(end, nextWake());
            if (!events.isEmpty() && events.peek().atNanos() <= wake) {
                var event = events.remove();
                nowNanos = Math.max(nowNanos, event.atNanos());
                event.work().run();
            } else {
                nowNanos = Math.max(nowNanos + 1, wake);
                engines.forEach((node, engine) -> perform(node, engine.onTick(now())));
            }
        }
    }

    private long nextWake() {
        return engines.values().stream()
                .mapToLong(engine -> engine.wakeNanos(now()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    Set<String> runningOn(String task) {
        return runningOn.getOrDefault(task, Set.of());
    }

    List<String> overlaps() {
        return overlaps;
    }

    List<Run> kept() {
        return kept;
    }

    int starts() {
        return starts;
    }

    private Engine engine(String node) {
        return java.util.Objects.requireNonNull(engines.get(node));
    }

    private void later(long minMillis, long maxMillis, Runnable work) {
        long delay = minMillis + random.nextInt((int) (maxMillis - minMillis + 1));
        events.add(new Event(nowNanos + delay * MILLI, ++count, work));
    }

    private void perform(String node, List<Effect> effects) {
        for (var effect : effects) {
            if (effect instanceof Effect.AskYield ask) {
                askYield(node, ask);
            } else if (effect instanceof Effect.AnswerYield answer) {
                answerYield(answer);
            } else if (effect instanceof Effect.StartRun start) {
                startRun(node, start);
            } else if (effect instanceof Effect.StopRun stop) {
                later(0, 400, () -> ended(node, stop.runId(), 143));
            } else if (effect instanceof Effect.KeepRun keep) {
                kept.add(keep.run());
            } else if (effect instanceof Effect.AskClaim || effect instanceof Effect.ReleaseClaim) {
                throw new IllegalStateException("this cluster runs ring tasks only");
            }
        }
    }

    /** Plants a fault: from now on every member grants whatever it is asked for, and stops nothing. */
    void lie() {
        lying = true;
    }

    private void askYield(String node, Effect.AskYield ask) {
        if (lying) {
            later(0, 60, () -> answered(node, ask, ask.tasks(), new Effect.AnswerYield(0, Set.of())));
            return;
        }
        if (random.nextInt(10) == 0) {
            later(2_000, 2_000, () -> answered(node, ask, Set.of(), new Effect.AnswerYield(0, Set.of())));
            return;
        }
        later(0, 60, () -> {
            long ticket = ++count;
            askers.put(ticket, new Asker(node, ask));
            perform(ask.member(), engine(ask.member()).onYieldAsked(now(), ticket, ask.tasks()));
        });
    }

    private void answerYield(Effect.AnswerYield answer) {
        var asker = java.util.Objects.requireNonNull(askers.remove(answer.ticket()));
        // A lost answer and a late one: both may be followed by anything.
        if (random.nextInt(10) == 0) {
            later(
                    2_000,
                    2_000,
                    () -> answered(asker.node(), asker.ask(), Set.of(), new Effect.AnswerYield(0, Set.of())));
        } else {
            later(0, 300, () -> answered(asker.node(), asker.ask(), answer.granted(), answer));
        }
    }

    private void answered(String node, Effect.AskYield ask, Set<String> granted, Effect.AnswerYield answer) {
        perform(
                node,
                engine(node)
                        .onYieldAnswered(
                                now(), ask.ask(), ask.member(), granted, answer.handledMillis(), answer.cycles()));
    }

    private void startRun(String node, Effect.StartRun start) {
        starts++;
        var task = start.task().name();
        taskOfRun.put(start.run().id(), task);
        var on = runningOn.computeIfAbsent(task, name -> new TreeSet<>());
        on.add(node);
        if (on.size() > 1) {
            overlaps.add(task + " on " + on + " at " + nowNanos / MILLI + " ms");
        }
        later(
                1,
                30,
                () -> perform(
                        node,
                        engine(node)
                                .onRunEvent(
                                        now(),
                                        task,
                                        new RunEvent.Started(start.run().id(), 1))));
        if (random.nextInt(6) == 0 || !start.task().isService()) {
            later(50, 3_000, () -> ended(node, start.run().id(), random.nextInt(2)));
        }
    }

    private void ended(String node, String runId, int code) {
        var task = taskOfRun.getOrDefault(runId, "");
        var on = runningOn.getOrDefault(task, new TreeSet<>());
        if (on.remove(node)) {
            perform(node, engine(node).onRunEvent(now(), task, new RunEvent.Ended(runId, code)));
        }
    }
}
