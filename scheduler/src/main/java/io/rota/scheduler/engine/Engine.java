package io.rota.scheduler.engine;

import io.rota.scheduler.TaskDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of one node as pure rules: inputs are facts with the moment they became known, outputs are
 * {@link Effect}s in the order in which they are to be done. It promises that a task starts here only while the ring
 * gives it to this node, after every other member that is not dead has said that it does not run it, and, for an
 * exclusive task, after the arbiters granted a claim. Confined to the scheduler thread.
 */
public final class Engine {
    /** A member that did not grant everything is asked again after this long. */
    static final long ASK_AGAIN_MILLIS = 200;

    /** Facts about cycles in one answer; a task more is granted with the next one. */
    private static final int MOST_LEGACY = 20_000;

    private final Roster roster;
    private final Map<String, TaskDuty> byClaim = new TreeMap<>();
    private final Map<String, Ask> asks = new TreeMap<>();
    private final Tickets tickets = new Tickets();
    private final Cycles cycles;
    private final CycleNews news = new CycleNews();
    private final List<Order> orders = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    private Set<String> others = Set.of();
    private boolean closing;
    private long askCount;

    /** The latest question to one member: the tasks with the generation in which they were asked for. */
    private record Ask(long number, Map<String, Integer> generations, boolean open, long againNanos) {}

    /** An order of this step; empty refusal for one that was taken. */
    private record Order(long ticket, String task, String cycle, String refusal) {}

    /** What a reader may know of one task on this node. */
    public record Standing(
            TaskDefinition task,
            Phase phase,
            String reason,
            boolean owned,
            boolean failing,
            long nextDueWallMillis,
            @Nullable Run run) {}

    /**
     * @param claimant name and boot id of this node in one word: makes its claim ids unlike any other's
     * @param tasks all tasks of the cluster
     */
    public Engine(String claimant, Collection<TaskDefinition> tasks) {
        this.cycles = new Cycles(tasks);
        this.roster = new Roster(tasks.stream()
                .map(task -> new TaskDuty(claimant, task, effects::add))
                .toList());
    }

    /** The ring or the membership view has changed. */
    public List<Effect> onTargets(Moment now, Targets targets) {
        others = targets.othersInOrder();
        asks.keySet().retainAll(others);
        news.onMembers(others, cycles);
        if (!closing) {
            roster.touchAll()
                    .forEach(duty -> duty.retarget(
                            now, targets.owned().contains(duty.task().name()), others));
        }
        return step(now);
    }

    /** A member answered the question with this number, or the call failed (nothing granted then). */
    public List<Effect> onYieldAnswered(Moment now, long number, String member, Set<String> granted) {
        return onYieldAnswered(now, number, member, granted, Map.of(), List.of());
    }

    /**
     * A member answered the question with this number.
     *
     * @param handledMillis up to which occurrence it knows the tasks to have been seen to
     * @param facts what it knows of their cycles
     */
    public List<Effect> onYieldAnswered(
            Moment now,
            long number,
            String member,
            Set<String> granted,
            Map<String, Long> handledMillis,
            List<CycleFact> facts) {
        hear(now, facts);
        var ask = asks.get(member);
        if (ask != null && ask.number() == number) {
            asks.put(member, new Ask(number, Map.of(), false, now.nanosAfterMillis(ASK_AGAIN_MILLIS)));
            ask.generations().forEach((task, generation) -> {
                if (granted.contains(task)) {
                    var duty = roster.touch(task);
                    duty.runs().hearHandled(now, handledMillis.getOrDefault(task, TaskRuns.UNKNOWN));
                    duty.granted(now, member, generation);
                }
            });
        }
        return step(now);
    }

    /** Another node says what became of cycles there. */
    public List<Effect> onCyclesHeard(Moment now, List<CycleFact> facts) {
        hear(now, facts);
        return step(now);
    }

    /** The member answered the call with this number, or the call failed. */
    public List<Effect> onCyclesTold(Moment now, long call, String member, boolean heard) {
        news.told(now, call, member, heard);
        return step(now);
    }

    private void hear(Moment now, List<CycleFact> facts) {
        for (var fact : facts) {
            if (cycles.learn(fact)) {
                touchConcerned(fact);
            }
            if (roster.knows(fact.task()) && RunOrigin.orderedTask(fact.cycle()).isEmpty()) {
                roster.touch(fact.task()).runs().hearHandled(now, fact.bornMillis());
            }
        }
    }

    private void touchConcerned(CycleFact fact) {
        touched(cycles.childrenOf(fact.task()));
        touched(Set.of(fact.task()));
    }

    /** Another node reports when it will see to these tasks next, in epoch milliseconds. */
    public List<Effect> onNextDueHeard(Moment now, Map<String, Long> nextDueMillis) {
        nextDueMillis.forEach((task, due) -> {
            if (roster.knows(task)) {
                roster.touch(task).runs().hearNextDue(now, due);
            }
        });
        return step(now);
    }

    /** A member asks this node not to run these tasks; unknown ones are granted, since nothing of them can run here. */
    public List<Effect> onYieldAsked(Moment now, long ticket, Set<String> tasks) {
        if (tickets.isFull()) {
            effects.add(new Effect.AnswerYield(ticket, Set.of()));
            return step(now);
        }
        tickets.open(now, ticket, tasks);
        touched(tasks).forEach(duty -> duty.yieldAsked(now));
        return step(now);
    }

    /**
     * Somebody wants a run of this task, now; answered in the same step. The same key is the same run.
     *
     * @param params as validated against the definition
     */
    public List<Effect> onOrdered(Moment now, long ticket, String task, String key, SortedMap<String, String> params) {
        var origin = RunOrigin.order(task, key, now.wallMillis(), params);
        var refusal = "this node knows no such task";
        if (cycles.find(task, origin.cycle()).isPresent()) {
            refusal = "";
        } else if (roster.knows(task)) {
            refusal = roster.touch(task).runs().order(now, origin);
        }
        orders.add(new Order(ticket, task, origin.cycle(), refusal));
        return step(now);
    }

    /** The arbiters answered; an answer to a claim that is no longer waited for is released by its name. */
    public List<Effect> onClaimAnswered(Moment now, String claimId, String task, ClaimAnswer answer) {
        var duty = byClaim.remove(claimId);
        if (duty != null) {
            roster.touch(task).runs().onClaimAnswered(now, claimId, answer);
        } else {
            effects.add(new Effect.ReleaseClaim(claimId, task));
        }
        return step(now);
    }

    /** The guard reports about a run of this task. */
    public List<Effect> onRunEvent(Moment now, String task, RunEvent event) {
        if (roster.knows(task)) {
            roster.touch(task).runs().onRunEvent(now, event);
        }
        return step(now);
    }

    /** These tasks run on their owners: a copy that runs here without being owned is one too many. */
    public List<Effect> onSurplus(Moment now, Set<String> tasks) {
        touched(tasks).stream().filter(duty -> !duty.isOwned()).forEach(duty -> duty.stop(now, StopCause.SURPLUS));
        return step(now);
    }

    /** The node's lease will end before it can be renewed: exclusive runs stop now, within their grace. */
    public List<Effect> onLeaseEnding(Moment now) {
        roster.touchAll().stream()
                .filter(duty -> duty.task().isExclusive())
                .forEach(duty -> duty.stop(now, StopCause.LEASE));
        return step(now);
    }

    /** The node stops: end everything and start nothing more. */
    public List<Effect> onClosing(Moment now) {
        closing = true;
        roster.touchAll().forEach(duty -> duty.stop(now, StopCause.CLOSING));
        return step(now);
    }

    /** Time has passed. To be called when asked for, and once a second, so that steps of the wall clock are noticed. */
    public List<Effect> onTick(Moment now) {
        return step(now);
    }

    /** When {@link #onTick} should be called next, on the monotonic clock; {@link Long#MAX_VALUE} for no need. */
    public long wakeNanos(Moment now) {
        long wake = Math.min(Math.min(tickets.wakeNanos(), news.wakeNanos()), roster.wakeNanos());
        for (var ask : asks.values()) {
            wake = ask.open() ? wake : Math.min(wake, ask.againNanos());
        }
        return wake;
    }

    /** True while a process of any task may exist here, or a claim may be granted. */
    public boolean isBusy() {
        return roster.isBusy();
    }

    /** True while a process of an exclusive task may exist here, or a claim may be granted. */
    public boolean isBusyWithExclusive() {
        return roster.isLeaseBound();
    }

    /** Claims that this node holds or is asking for, by id. */
    public Set<String> claimIds() {
        return roster.claimIds();
    }

    /** Where every task stands, by name. */
    public List<Standing> standings() {
        return roster.all().stream().map(TaskDuty::standing).toList();
    }

    /** Where those tasks stand that may have changed since this was last asked, by name. */
    public List<Standing> changedStandings() {
        return roster.takeChanged().stream().map(TaskDuty::standing).toList();
    }

    /** How many times a task has been looked at so far; what a step costs. */
    long lookedAt() {
        return roster.lookedAt();
    }

    // ---- one step: time, answers that are due, questions that are due

    private List<Effect> step(Moment now) {
        roster.tick(now);
        followCycles(now);
        answerTickets(now);
        askMembers(now);
        rememberClaims();
        answerOrders();
        news.tell(now, cycles, effects::add);
        roster.settle(now);
        var done = List.copyOf(effects);
        effects.clear();
        return done;
    }

    private void answerTickets(Moment now) {
        for (var closed : tickets.close(now, this::isQuiet)) {
            var handled = new TreeMap<String, Long>();
            var legacy = new ArrayList<CycleFact>();
            var granted = new TreeSet<>(closed.granted());
            for (var duty : touched(closed.ticket().tasks())) {
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

    private void askMembers(Moment now) {
        var asking = roster.asking();
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

    private void rememberClaims() {
        for (var effect : effects) {
            if (effect instanceof Effect.AskClaim ask) {
                byClaim.put(ask.claimId(), roster.touch(ask.task().name()));
            }
        }
    }

    /** Learns what became of runs, and begins what is due by it, until nothing more follows. */
    private void followCycles(Moment now) {
        int seen = 0;
        do {
            for (; seen < effects.size(); seen++) {
                if (effects.get(seen) instanceof Effect.KeepRun keep) {
                    var fact = CycleFact.of(keep.run());
                    if (cycles.learn(fact)) {
                        news.add(fact);
                        touchConcerned(fact);
                    }
                }
            }
            for (var duty : roster.touched()) {
                if (cycles.concern(duty.task().name())) {
                    duty.runs().takeCycles(now, cycles);
                }
            }
        } while (seen < effects.size());
    }

    private void answerOrders() {
        for (var order : orders) {
            OrderAnswer answer = cycles.find(order.task(), order.cycle())
                    .<OrderAnswer>map(this::taken)
                    .orElseGet(() -> new OrderAnswer.NotNow(order.refusal()));
            effects.add(new Effect.AnswerOrder(order.ticket(), answer));
        }
        orders.clear();
    }

    /** A reason is known only in the step that gave it. */
    private OrderAnswer taken(CycleFact fact) {
        var reason = "";
        for (var effect : effects) {
            if (effect instanceof Effect.KeepRun keep && keep.run().id().equals(fact.runId())) {
                reason = keep.run().reason();
            }
        }
        return new OrderAnswer.Taken(fact.runId(), fact.state(), reason);
    }

    private boolean isQuiet(String task) {
        return !roster.knows(task) || !roster.get(task).phase().isBusy();
    }

    private List<TaskDuty> touched(Set<String> tasks) {
        return new TreeSet<>(tasks)
                .stream().filter(roster::knows).map(roster::touch).toList();
    }
}
