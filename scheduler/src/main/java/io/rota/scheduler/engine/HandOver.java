package io.rota.scheduler.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How tasks go from one member to another: this node asks every other member for what it may start, and makes way for
 * those that ask it, some services at a time. Confined to the engine's thread.
 */
final class HandOver {
    /** A member that granted nothing is asked again after this long. */
    static final long ASK_AGAIN_MILLIS = 200;

    /**
     * What was stopped for another counts as moving for so long after its end: the time that its new owner has to start
     * it. Stopping is quicker than starting, and without this all would be stopped long before the last one starts.
     */
    static final long ARRIVAL_MILLIS = 300;

    /** Facts about cycles in one answer; a task more is granted with the next one. */
    private static final int MOST_LEGACY = 20_000;

    private final Roster roster;
    private final Cycles cycles;
    private final Effect.Sink effects;
    private final Map<String, Ask> asks = new TreeMap<>();
    private final Tickets tickets = new Tickets();
    /** What moves, and until when it counts as moving: {@link Long#MAX_VALUE} while it is being stopped. */
    private final Map<String, Long> moving = new TreeMap<>();

    private Set<String> others = Set.of();
    private int movesAtOnce = 1;
    private long askCount;

    /** The latest question to one member: the tasks with the generation in which they were asked for. */
    private record Ask(long number, Map<String, Integer> generations, boolean open, long againNanos) {}

    HandOver(Roster roster, Cycles cycles, Effect.Sink effects) {
        this.roster = roster;
        this.cycles = cycles;
        this.effects = effects;
    }

    void onTargets(Targets targets) {
        others = targets.othersInOrder();
        movesAtOnce = targets.movesAtOnce();
        asks.keySet().retainAll(others);
    }

    Set<String> others() {
        return others;
    }

    /** A member answered the question with this number, or the call failed and it granted nothing. */
    void onAnswered(Moment now, long number, String member, Set<String> granted, Map<String, Long> handledMillis) {
        var ask = asks.get(member);
        if (ask == null || ask.number() != number) {
            return;
        }
        // Whoever grants some has the rest still running: it is asked for that at once and answers when more is quiet.
        long pauseMillis = granted.isEmpty() ? ASK_AGAIN_MILLIS : 0;
        asks.put(member, new Ask(number, Map.of(), false, now.nanosAfterMillis(pauseMillis)));
        ask.generations().forEach((task, generation) -> {
            if (granted.contains(task) && roster.knows(task)) {
                var duty = roster.touch(task);
                duty.runs().hearHandled(now, handledMillis.getOrDefault(task, TaskRuns.UNKNOWN));
                duty.granted(now, member, generation);
            }
        });
    }

    /** A member asks for these tasks; unknown ones are granted, and a member that is not known is granted none. */
    void onAsked(Moment now, long ticket, String asker, Set<String> tasks) {
        if (tickets.isFull() || !others.contains(asker)) {
            effects.add(new Effect.AnswerYield(ticket, Set.of()));
            return;
        }
        tickets.open(now, ticket, tasks);
        roster.touch(tasks).forEach(duty -> duty.yieldAsked(now));
    }

    long wakeNanos() {
        long wake = tickets.wakeNanos();
        for (long until : moving.values()) {
            wake = Math.min(wake, until);
        }
        for (var ask : asks.values()) {
            wake = ask.open() ? wake : Math.min(wake, ask.againNanos());
        }
        return wake;
    }

    /** Stops services that other members wait for, some at a time: what is not stopped yet goes on running here. */
    void makeWay(Moment now) {
        moving.replaceAll((task, until) ->
                until == Long.MAX_VALUE && !isStopping(task) ? now.nanosAfterMillis(ARRIVAL_MILLIS) : until);
        moving.values().removeIf(until -> until != Long.MAX_VALUE && now.nanos() - until >= 0);
        for (var task : tickets.tasks()) {
            if (moving.size() < movesAtOnce
                    && roster.knows(task)
                    && roster.get(task).isToBeStopped()) {
                roster.touch(task).stopToYield(now);
                moving.put(task, Long.MAX_VALUE);
            }
        }
    }

    void answer(Moment now) {
        for (var closed : tickets.close(now, this::isQuiet)) {
            var handled = new TreeMap<String, Long>();
            var legacy = new ArrayList<CycleFact>();
            var granted = new TreeSet<>(closed.granted());
            for (var duty : roster.touch(closed.ticket().tasks())) {
                var task = duty.task().name();
                if (granted.contains(task) && legacy.size() > MOST_LEGACY) {
                    granted.remove(task);
                }
                boolean away = granted.contains(task);
                long handledMillis = duty.runs().handledMillis();
                if (away && handledMillis != TaskRuns.UNKNOWN) {
                    handled.put(task, handledMillis);
                }
                if (away) {
                    legacy.addAll(cycles.legacyOf(task));
                }
                duty.yieldAnswered(now, away, others);
            }
            effects.add(new Effect.AnswerYield(closed.ticket().number(), granted, handled, legacy));
        }
    }

    /** Asks the members whose word is needed and that are not asked already. */
    void ask(Moment now) {
        List<TaskDuty> asking = roster.asking();
        for (var member : others) {
            var last = asks.get(member);
            if (last != null && (last.open() || now.nanos() - last.againNanos() < 0)) {
                continue;
            }
            var generations = new TreeMap<String, Integer>();
            for (var duty : asking) {
                if (duty.membersToAsk(now).contains(member)) {
                    generations.put(duty.task().name(), duty.generation());
                }
            }
            if (generations.isEmpty()) {
                asks.remove(member);
            } else {
                asks.put(member, new Ask(++askCount, generations, true, 0));
                effects.add(new Effect.AskYield(askCount, member, generations.keySet()));
            }
        }
    }

    private boolean isStopping(String task) {
        return roster.knows(task) && roster.get(task).isStoppingToYield();
    }

    private boolean isQuiet(String task) {
        return !roster.knows(task) || roster.get(task).isQuiet();
    }
}
