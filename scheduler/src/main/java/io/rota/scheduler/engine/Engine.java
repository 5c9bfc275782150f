package io.rota.scheduler.engine;

import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.Doubt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of one node as pure rules: inputs are facts with the moment they became known, outputs are
 * {@link Effect}s in the order in which they are to be done. It promises that a task starts here only while the ring
 * gives it to this node, after every other member that is not dead has said that it does not run it, and, for an
 * exclusive task, after the arbiters granted a claim. Confined to the scheduler thread.
 */
public final class Engine {
    private final Roster roster;
    private final Map<String, TaskDuty> byClaim = new TreeMap<>();
    private final HandOver handOver;
    private final Admission admission;
    private final Cycles cycles;
    private final CycleNews news = new CycleNews();
    private final List<Order> orders = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    private Targets targets = new Targets(Set.of(), Set.of());
    private boolean closing;
    private int generations;

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
            @Nullable Run run,
            @Nullable Doubt doubt) {}

    /**
     * @param claimant name and boot id of this node in one word: makes its claim ids unlike any other's
     * @param tasks all tasks of the cluster
     */
    public Engine(String claimant, Collection<TaskDefinition> tasks) {
        this(claimant, tasks, Slots.UNLIMITED);
    }

    /** @param slots what the node has room for */
    public Engine(String claimant, Collection<TaskDefinition> tasks, Slots slots) {
        this.admission = new Admission(slots);
        this.cycles = new Cycles(tasks);
        this.roster =
                new Roster(tasks, task -> new TaskDuty(claimant, task, effects::add, admission, () -> ++generations));
        this.handOver = new HandOver(roster, cycles, effects::add);
    }

    /** The ring or the membership view has changed. */
    public List<Effect> onTargets(Moment now, Targets latest) {
        targets = latest;
        handOver.onTargets(targets);
        news.onMembers(handOver.others(), cycles);
        if (!closing) {
            roster.touchAll().forEach(duty -> retarget(now, duty));
        }
        return step(now);
    }

    private void retarget(Moment now, TaskDuty duty) {
        var task = duty.task().name();
        duty.retarget(now, targets.owned().contains(task), targets.leaving(), handOver.others());
        if (targets.gone().contains(task) && duty.task().isService()) {
            duty.stop(now, StopCause.REMOVED);
        } else if (targets.homeless().contains(task) && duty.task().isService()) {
            duty.stop(now, StopCause.DRAINED);
        }
    }

    /**
     * Another task file is in force. Nothing of an old definition runs beside the new one: a service whose process would
     * differ is stopped first, a finite run ends by itself first.
     */
    public List<Effect> onTasks(Moment now, Collection<TaskDefinition> tasks) {
        cycles.redefine(tasks);
        roster.redefine(now, tasks);
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
        handOver.onAnswered(now, number, member, granted, handledMillis);
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
        roster.touch(cycles.childrenOf(fact.task()));
        roster.touch(Set.of(fact.task()));
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

    /**
     * A member asks this node not to run these tasks; unknown ones are granted, since nothing of them can run here. A
     * member that this node does not know yet is granted nothing: it would not be asked before they run here again.
     */
    public List<Effect> onYieldAsked(Moment now, long ticket, String asker, Set<String> tasks) {
        handOver.onAsked(now, ticket, asker, tasks);
        return step(now);
    }

    /**
     * Somebody wants a run of this task, now; answered in the same step. The same key is the same run.
     *
     * @param params as validated against the definition
     */
    public List<Effect> onOrdered(Moment now, long ticket, String task, String key, SortedMap<String, String> params) {
        var origin = RunOrigin.order(task, key, cycles.birthOfOrder(task, now.wallMillis()), params);
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
        if (duty != null && roster.knows(task) && roster.get(task) == duty) {
            roster.touch(task).runs().onClaimAnswered(now, claimId, answer);
        } else {
            effects.add(new Effect.ReleaseClaim(claimId, task));
        }
        return step(now);
    }

    /** A majority of the books has heard how this claim of the task ended. */
    public List<Effect> onClaimEnded(Moment now, String claimId, String task) {
        if (roster.knows(task)) {
            roster.touch(task).runs().onClaimEnded(now, claimId);
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
        roster.touch(tasks).stream().filter(duty -> !duty.isOwned()).forEach(duty -> duty.stop(now, StopCause.SURPLUS));
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
        return Math.min(Math.min(handOver.wakeNanos(), news.wakeNanos()), roster.wakeNanos());
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

    /** Names of the tasks that are no longer here, since this was last asked. */
    public Set<String> takeRemoved() {
        return roster.takeRemoved();
    }

    /** How many times a task has been looked at so far; what a step costs. */
    long lookedAt() {
        return roster.lookedAt();
    }

    // ---- one step: time, answers that are due, questions that are due

    private List<Effect> step(Moment now) {
        roster.tick(now);
        admission.fill(now, lane -> {
            roster.touch(lane.task());
            lane.admitted(now);
        });
        followCycles(now);
        handOver.makeWay(now);
        handOver.answer(now);
        if (succeed(now)) {
            // What fell due for the old definition while it ran is the new one's to begin.
            followCycles(now);
        }
        handOver.ask(now);
        rememberClaims();
        answerOrders();
        news.tell(now, cycles, effects::add);
        roster.settle(now);
        var done = List.copyOf(effects);
        effects.clear();
        return done;
    }

    private boolean succeed(Moment now) {
        var begun = roster.succeed(now);
        for (var task : begun) {
            var duty = roster.touch(task);
            if (!closing) {
                retarget(now, duty);
            }
        }
        return !begun.isEmpty();
    }

    private void rememberClaims() {
        for (var effect : effects) {
            if (effect instanceof Effect.AskClaim ask) {
                byClaim.put(ask.claimId(), roster.touch(ask.purpose().task()));
            }
        }
    }

    /** Learns what became of runs, and begins what is due by it, until nothing more follows. */
    private void followCycles(Moment now) {
        int seen = 0;
        do {
            for (; seen < effects.size(); seen++) {
                if (effects.get(seen) instanceof Effect.KeepRun keep) {
                    var fact = CycleFact.of(keep.run(), isOnce(keep.run().task()));
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

    private boolean isOnce(String task) {
        return roster.knows(task) && roster.get(task).task().isOnce();
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
}
