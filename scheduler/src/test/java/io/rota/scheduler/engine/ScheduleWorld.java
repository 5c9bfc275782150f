package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Some engines under one virtual clock, which talk to each other, run processes, die and come back, each with a wall clock
 * of its own. Keeps what every run came to. Everything follows from the seed.
 */
final class ScheduleWorld {
    static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private static final long MILLI = 1_000_000L;
    private static final long REPORT_MILLIS = 1_000;

    private final Random random;
    private final List<TaskDefinition> tasks;
    private final Map<String, SimulatedNode> nodes = new TreeMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private final Map<Long, Asker> askers = new HashMap<>();
    private final Map<String, String> owners = new TreeMap<>();
    private final Map<String, Integer> exitCodes = new HashMap<>();
    private final Map<String, Integer> durations = new HashMap<>();
    private final List<Kept> kept = new ArrayList<>();
    private final Map<String, OrderAnswer> answers = new LinkedHashMap<>();

    private int latencyMillis = 5;
    private int lossPerMille;
    private boolean deaf;
    private long elapsedMillis;
    private long nextReportMillis = REPORT_MILLIS;
    private long count;

    /** A state of a run, the node that said so and the virtual time. */
    record Kept(String node, Run run, long atMillis) {}

    private record Event(long atMillis, long number, String node, int boot, Runnable work) {}

    private record Asker(String node, int boot, Effect.AskYield ask) {}

    private static final class SimulatedNode {
        private Engine engine;
        private int boot = 1;
        private boolean up = true;
        private long clockOffset;

        SimulatedNode(Engine engine) {
            this.engine = engine;
        }
    }

    ScheduleWorld(long seed, Collection<String> names, List<TaskDefinition> tasks) {
        this.random = new Random(seed);
        this.tasks = tasks;
        names.forEach(name -> nodes.put(name, new SimulatedNode(new Engine(name + "/1", tasks))));
    }

    // ---- what a test sets

    /** Messages take up to this long, and so many of a thousand calls are lost. */
    ScheduleWorld network(int millis, int lost) {
        latencyMillis = millis;
        lossPerMille = lost;
        return this;
    }

    /** Plants a fault: nobody hears any more what became of cycles. */
    ScheduleWorld deaf() {
        deaf = true;
        return this;
    }

    /** Processes of this task end with this code after so long; by chance otherwise. */
    ScheduleWorld process(String task, int millis, int code) {
        durations.put(task, millis);
        exitCodes.put(task, code);
        return this;
    }

    /** From now on the ring gives the tasks to these nodes, as everybody sees it at once. */
    ScheduleWorld agree(Map<String, String> ownerOfTask) {
        owners.putAll(ownerOfTask);
        retarget(0);
        return this;
    }

    /** Gives each task to some live node; the nodes see it within so long. */
    void shuffleOwners(int spreadMillis) {
        var live = live();
        tasks.forEach(task -> owners.put(task.name(), live.get(random.nextInt(live.size()))));
        retarget(spreadMillis);
    }

    private void retarget(int spreadMillis) {
        for (var node : live()) {
            later(node, random.nextInt(spreadMillis + 1), () -> {
                var owned = new TreeSet<String>();
                owners.forEach((task, owner) -> {
                    if (owner.equals(node)) {
                        owned.add(task);
                    }
                });
                var others = new TreeSet<>(live());
                others.remove(node);
                perform(node, engine(node).onTargets(now(node), new Targets(owned, others)));
            });
        }
    }

    /** The node and its processes are gone; the others notice after this long. */
    void kill(String name, int noticedMillis) {
        var node = node(name);
        node.up = false;
        node.boot++;
        owners.replaceAll((task, owner) -> owner.equals(name) ? live().get(0) : owner);
        live().forEach(other -> later(other, noticedMillis, () -> {}));
        var first = live().get(0);
        later(first, noticedMillis, () -> retarget(0));
    }

    void restart(String name) {
        var node = node(name);
        node.engine = new Engine(name + "/" + node.boot, tasks);
        node.up = true;
        retarget(0);
    }

    void setClock(String name, long offsetMillis) {
        node(name).clockOffset = offsetMillis;
    }

    ScheduleWorld order(String node, String task, String key) {
        later(node, 0, () -> perform(node, engine(node).onOrdered(now(node), ++count, task, key, new TreeMap<>())));
        return this;
    }

    // ---- time

    ScheduleWorld run(long millis) {
        long end = elapsedMillis + millis;
        while (elapsedMillis < end) {
            long wake = Math.min(end, nextReportMillis);
            for (var name : live()) {
                long asked = engine(name).wakeNanos(now(name));
                long at = asked == Long.MAX_VALUE ? end : Math.floorDiv(Math.max(0, asked) + MILLI - 1, MILLI);
                wake = Math.min(wake, Math.max(at, elapsedMillis + 1));
            }
            var next = events.peek();
            if (next != null && next.atMillis() <= wake) {
                elapsedMillis = Math.max(elapsedMillis, events.remove().atMillis());
                var node = node(next.node());
                if (node.up && node.boot == next.boot()) {
                    next.work().run();
                }
            } else {
                elapsedMillis = wake;
                report();
                live().forEach(name -> perform(name, engine(name).onTick(now(name))));
            }
        }
        return this;
    }

    /** What the shell does each second: everybody hears when the others will see to their tasks next. */
    private void report() {
        if (elapsedMillis < nextReportMillis) {
            return;
        }
        nextReportMillis = elapsedMillis + REPORT_MILLIS;
        for (var from : live()) {
            var due = new TreeMap<String, Long>();
            engine(from).standings().stream()
                    .filter(standing -> standing.nextDueWallMillis() != 0)
                    .forEach(standing -> due.put(standing.task().name(), standing.nextDueWallMillis()));
            live().stream()
                    .filter(to -> !to.equals(from))
                    .forEach(to -> perform(to, engine(to).onNextDueHeard(now(to), due)));
        }
    }

    private void perform(String node, List<Effect> effects) {
        for (var effect : effects) {
            if (effect instanceof Effect.AskYield ask) {
                askYield(node, ask);
            } else if (effect instanceof Effect.AnswerYield answer) {
                answerYield(answer);
            } else if (effect instanceof Effect.TellCycles tell) {
                tellCycles(node, tell);
            } else if (effect instanceof Effect.StartRun start) {
                start(node, start.run());
            } else if (effect instanceof Effect.StopRun stop) {
                later(node, 100, () -> ended(node, stop.runId(), 143));
            } else if (effect instanceof Effect.KeepRun keep) {
                kept.add(new Kept(node, keep.run(), elapsedMillis));
            } else if (effect instanceof Effect.AnswerOrder answer) {
                answers.put(node + " " + answers.size(), answer.answer());
            }
        }
    }

    private void askYield(String node, Effect.AskYield ask) {
        int boot = node(node).boot;
        if (isLost() || !node(ask.member()).up) {
            later(node, 2_000, () -> answered(new Asker(node, boot, ask), new Effect.AnswerYield(0, Set.of())));
            return;
        }
        later(ask.member(), latency(), () -> {
            long ticket = ++count;
            askers.put(ticket, new Asker(node, boot, ask));
            perform(ask.member(), engine(ask.member()).onYieldAsked(now(ask.member()), ticket, ask.tasks()));
        });
    }

    private void answerYield(Effect.AnswerYield answer) {
        var asker = Objects.requireNonNull(askers.remove(answer.ticket()));
        boolean lost = isLost();
        later(
                asker.node(),
                lost ? 2_000 : latency(),
                () -> answered(asker, lost ? new Effect.AnswerYield(0, Set.of()) : answer));
    }

    private void answered(Asker asker, Effect.AnswerYield answer) {
        var node = node(asker.node());
        if (node.up && node.boot == asker.boot()) {
            var ask = asker.ask();
            perform(
                    asker.node(),
                    node.engine.onYieldAnswered(
                            now(asker.node()),
                            ask.ask(),
                            ask.member(),
                            answer.granted(),
                            answer.handledMillis(),
                            deaf ? List.of() : answer.cycles()));
        }
    }

    private void tellCycles(String node, Effect.TellCycles tell) {
        boolean lost = isLost() || !node(tell.member()).up;
        if (!lost && !deaf) {
            later(
                    tell.member(),
                    latency(),
                    () -> perform(
                            tell.member(), engine(tell.member()).onCyclesHeard(now(tell.member()), tell.cycles())));
        }
        later(
                node,
                lost ? 2_000 : 2 * latencyMillis + 1,
                () -> perform(node, engine(node).onCyclesTold(now(node), tell.call(), tell.member(), !lost)));
    }

    private void start(String node, Run run) {
        later(
                node,
                1,
                () -> perform(node, engine(node).onRunEvent(now(node), run.task(), new RunEvent.Started(run.id(), 1))));
        int millis = durations.getOrDefault(run.task(), 0);
        int code = exitCodes.getOrDefault(run.task(), -1);
        later(
                node,
                millis > 0 ? millis : 2 + random.nextInt(random.nextInt(20) == 0 ? 90_000 : 5_000),
                () -> ended(node, run.id(), code >= 0 ? code : random.nextInt(4) == 0 ? 1 : 0));
    }

    private void ended(String node, String runId, int code) {
        var task = runId.substring(0, runId.indexOf('@'));
        perform(node, engine(node).onRunEvent(now(node), task, new RunEvent.Ended(runId, code)));
    }

    private void later(String node, int delayMillis, Runnable work) {
        events.add(new Event(elapsedMillis + delayMillis, ++count, node, node(node).boot, work));
    }

    private int latency() {
        return random.nextInt(latencyMillis + 1);
    }

    private boolean isLost() {
        return lossPerMille > 0 && random.nextInt(1_000) < lossPerMille;
    }

    private SimulatedNode node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private Engine engine(String name) {
        return node(name).engine;
    }

    private Moment now(String name) {
        return new Moment(elapsedMillis * MILLI, START.toEpochMilli() + elapsedMillis + node(name).clockOffset);
    }

    // ---- what there is to see

    List<String> live() {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().up)
                .map(Map.Entry::getKey)
                .toList();
    }

    long elapsedMillis() {
        return elapsedMillis;
    }

    List<Kept> kept() {
        return kept;
    }

    List<OrderAnswer> answers() {
        return List.copyOf(answers.values());
    }

    Engine.Standing standing(String node, String task) {
        return engine(node).standings().stream()
                .filter(standing -> standing.task().name().equals(task))
                .findFirst()
                .orElseThrow();
    }

    /** When the run had its first record in this state. */
    long at(String runId, RunState state) {
        return kept.stream()
                .filter(entry -> entry.run().id().equals(runId) && entry.run().state() == state)
                .mapToLong(Kept::atMillis)
                .findFirst()
                .orElse(-1);
    }

    /** The end of each run of these tasks, as {@code task@cycle STATE}, in the order of the ends. */
    List<String> ends(String... names) {
        return kept.stream()
                .filter(entry -> entry.run().state().isTerminal())
                .filter(entry -> List.of(names).contains(entry.run().task()))
                .map(entry -> entry.run().id() + " " + entry.run().state())
                .toList();
    }

    /** The reason in the last record of the run. */
    String reason(String runId) {
        return kept.stream()
                .filter(entry -> entry.run().id().equals(runId))
                .map(entry -> entry.run().reason())
                .reduce((first, second) -> second)
                .orElse("");
    }
}
