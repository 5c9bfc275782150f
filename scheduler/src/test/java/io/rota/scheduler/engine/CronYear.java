package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes that pass tasks with schedules to each other for a year of virtual time, while their wall clocks are set an hour
 * forwards and back and single nodes stand still for up to half an hour. Keeps every terminal record and every start by
 * occurrence. Everything follows from the seed.
 */
final class CronYear {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long MILLI = 1_000_000L;
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Random random;
    private final List<TaskDefinition> tasks;
    private final Map<String, Engine> engines = new TreeMap<>();
    private final Map<String, Long> clockOffsets = new TreeMap<>();
    private final Map<String, Long> frozenUntil = new TreeMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private final Map<Long, Asker> askers = new HashMap<>();
    private final Map<String, Integer> records = new TreeMap<>();
    private final Map<String, Integer> starts = new TreeMap<>();
    private final Map<String, Integer> skipReasons = new TreeMap<>();
    private long elapsedMillis;
    private long count;
    private boolean forgetful;

    private record Event(long atMillis, long number, String node, Runnable work) {}

    private record Asker(String node, Effect.AskYield ask) {}

    CronYear(long seed, List<TaskDefinition> tasks) {
        this.random = new Random(seed);
        this.tasks = tasks;
        for (var node : NODES) {
            engines.put(node, new Engine(node + "/1", tasks));
            clockOffsets.put(node, 0L);
            frozenUntil.put(node, 0L);
        }
        changeOwners(0);
    }

    /** Plants a fault: no answer says any more how far a task has been seen to. */
    CronYear forgetful() {
        forgetful = true;
        return this;
    }

    void run(Duration time, boolean chaos) {
        long end = elapsedMillis + time.toMillis();
        long nextChaos = elapsedMillis;
        while (elapsedMillis < end) {
            if (chaos && elapsedMillis >= nextChaos) {
                disturb();
                nextChaos = elapsedMillis + HOUR / 2 + random.nextLong(11 * HOUR);
            }
            advance(Math.min(end, chaos ? nextChaos : end));
        }
    }

    /** All clocks are right again, and one view holds. */
    void settle() {
        clockOffsets.replaceAll((node, offset) -> 0L);
        changeOwners(0);
        tickAll();
    }

    private void disturb() {
        var node = NODES.get(random.nextInt(NODES.size()));
        switch (random.nextInt(4)) {
            case 0 -> clockOffsets.put(node, clockOffset(node) == 0 ? (random.nextBoolean() ? HOUR : -HOUR) : 0L);
            case 1 -> frozenUntil.put(node, elapsedMillis + random.nextLong(HOUR / 2));
            default -> changeOwners(2_000);
        }
        tickAll();
    }

    private void changeOwners(int spreadMillis) {
        var owned = new TreeMap<String, Set<String>>();
        NODES.forEach(node -> owned.put(node, new TreeSet<>()));
        for (var task : tasks) {
            Objects.requireNonNull(owned.get(NODES.get(random.nextInt(NODES.size()))))
                    .add(task.name());
        }
        owned.forEach((node, names) -> later(node, random.nextInt(spreadMillis + 1), () -> {
            var others = new TreeSet<>(NODES);
            others.remove(node);
            perform(node, engine(node).onTargets(now(node), new Targets(names, others)));
        }));
    }

    private void advance(long limitMillis) {
        long wake = limitMillis;
        for (var node : NODES) {
            long asked = engine(node).wakeNanos(now(node));
            long at = asked == Long.MAX_VALUE ? limitMillis : Math.floorDiv(asked + MILLI - 1, MILLI);
            wake = Math.min(wake, Math.max(at, frozenUntil(node)));
        }
        var next = events.peek();
        if (next != null && next.atMillis() <= wake) {
            events.remove();
            elapsedMillis = Math.max(elapsedMillis, next.atMillis());
            if (frozenUntil(next.node()) > elapsedMillis) {
                events.add(new Event(frozenUntil(next.node()), ++count, next.node(), next.work()));
            } else {
                next.work().run();
            }
        } else {
            elapsedMillis = Math.max(elapsedMillis + 1, wake);
            tickAll();
        }
    }

    private void tickAll() {
        for (var node : NODES) {
            if (frozenUntil(node) <= elapsedMillis) {
                perform(node, engine(node).onTick(now(node)));
            }
        }
    }

    private void perform(String node, List<Effect> effects) {
        for (var effect : effects) {
            if (effect instanceof Effect.AskYield ask) {
                askYield(node, ask);
            } else if (effect instanceof Effect.AnswerYield answer) {
                answerYield(answer);
            } else if (effect instanceof Effect.StartRun start) {
                start(node, start.run());
            } else if (effect instanceof Effect.KeepRun keep
                    && keep.run().state().isTerminal()) {
                keep(keep.run());
            }
        }
    }

    private void askYield(String node, Effect.AskYield ask) {
        if (random.nextInt(20) == 0) {
            later(node, 2_000, () -> answered(new Asker(node, ask), new Effect.AnswerYield(0, Set.of())));
            return;
        }
        later(ask.member(), random.nextInt(60), () -> {
            long ticket = ++count;
            askers.put(ticket, new Asker(node, ask));
            perform(ask.member(), engine(ask.member()).onYieldAsked(now(ask.member()), ticket, ask.tasks()));
        });
    }

    private void answerYield(Effect.AnswerYield answer) {
        var asker = Objects.requireNonNull(askers.remove(answer.ticket()));
        boolean lost = random.nextInt(20) == 0;
        later(
                asker.node(),
                lost ? 2_000 : random.nextInt(60),
                () -> answered(asker, lost ? new Effect.AnswerYield(0, Set.of()) : answer));
    }

    private void answered(Asker asker, Effect.AnswerYield answer) {
        var ask = asker.ask();
        perform(
                asker.node(),
                engine(asker.node())
                        .onYieldAnswered(
                                now(asker.node()),
                                ask.ask(),
                                ask.member(),
                                answer.granted(),
                                forgetful ? Map.of() : answer.handledMillis(),
                                forgetful ? List.of() : answer.cycles()));
    }

    private void start(String node, Run run) {
        starts.merge(run.id(), 1, Integer::sum);
        tell(node, run, 5, new RunEvent.Started(run.id(), 1));
        // Most are short; one in a hundred outlasts the next occurrence.
        int millis = random.nextInt(100) == 0 ? (int) (2 * HOUR) : 1_000 + random.nextInt(20_000);
        tell(node, run, millis, new RunEvent.Ended(run.id(), random.nextInt(10) == 0 ? 1 : 0));
    }

    private void tell(String node, Run run, int delayMillis, RunEvent event) {
        later(node, delayMillis, () -> perform(node, engine(node).onRunEvent(now(node), run.task(), event)));
    }

    private void keep(Run run) {
        records.merge(run.id(), 1, Integer::sum);
        if (run.state() == RunState.SKIPPED) {
            skipReasons.merge(run.reason(), 1, Integer::sum);
        }
    }

    private void later(String node, int delayMillis, Runnable work) {
        events.add(new Event(elapsedMillis + delayMillis, ++count, node, work));
    }

    private Moment now(String node) {
        return new Moment(elapsedMillis * MILLI, START.toEpochMilli() + elapsedMillis + clockOffset(node));
    }

    private Engine engine(String node) {
        return Objects.requireNonNull(engines.get(node));
    }

    private long clockOffset(String node) {
        return Objects.requireNonNull(clockOffsets.get(node));
    }

    private long frozenUntil(String node) {
        return Objects.requireNonNull(frozenUntil.get(node));
    }

    // ---- the checker

    /** Occurrences that started or were recorded more than once. */
    List<String> repeated() {
        var found = new ArrayList<String>();
        records.forEach((id, times) -> add(found, id, times, "recorded"));
        starts.forEach((id, times) -> add(found, id, times, "started"));
        return found;
    }

    private static void add(List<String> found, String id, int times, String what) {
        if (times > 1) {
            found.add(id + " " + what + " " + times + " times");
        }
    }

    /** Occurrences between the start and this long before the end of the simulated time that have no record. */
    List<String> unrecorded(Duration beforeEnd) {
        var found = new ArrayList<String>();
        long end = START.toEpochMilli() + elapsedMillis - beforeEnd.toMillis();
        for (var task : tasks) {
            var schedule = (Schedule.Timed) task.schedule();
            long at = schedule.nextAfter(START.toEpochMilli());
            while (at <= end) {
                var id = task.name() + "@" + Instant.ofEpochMilli(at);
                if (!records.containsKey(id)) {
                    found.add(id);
                }
                at = schedule.nextAfter(at);
            }
        }
        return found;
    }

    int recorded() {
        return records.size();
    }

    Set<String> started() {
        return starts.keySet();
    }

    Set<String> skipReasons() {
        return skipReasons.keySet();
    }
}
