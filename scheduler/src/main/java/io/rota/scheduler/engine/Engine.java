package io.rota.scheduler.engine;

import io.rota.scheduler.TaskDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final Map<String, TaskDuty> duties = new TreeMap<>();
    private final Map<String, TaskDuty> byClaim = new TreeMap<>();
    private final Map<String, Ask> asks = new TreeMap<>();
    private final Tickets tickets = new Tickets();
    private final List<Effect> effects = new ArrayList<>();

    private Set<String> others = Set.of();
    private boolean closing;
    private long askCount;

    /** The latest question to one member: the tasks with the generation in which they were asked for. */
    private record Ask(long number, Map<String, Integer> generations, boolean open, long againNanos) {}

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
        for (var task : tasks) {
            duties.put(task.name(), new TaskDuty(claimant, task, effects::add));
        }
    }

    /** The ring or the membership view has changed. */
    public List<Effect> onTargets(Moment now, Targets targets) {
        others = targets.othersInOrder();
        asks.keySet().retainAll(others);
        if (!closing) {
            duties.forEach((name, duty) -> duty.retarget(now, targets.owned().contains(name), others));
        }
        return step(now);
    }

    /** A member answered the question with this number, or the call failed (nothing granted then). */
    public List<Effect> onYieldAnswered(Moment now, long number, String member, Set<String> granted) {
        var ask = asks.get(member);
        if (ask != null && ask.number() == number) {
            asks.put(member, new Ask(number, Map.of(), false, now.nanosAfterMillis(ASK_AGAIN_MILLIS)));
            ask.generations().forEach((task, generation) -> {
                if (granted.contains(task)) {
                    duty(task).granted(now, member, generation);
                }
            });
        }
        return step(now);
    }

    /** A member asks this node not to run these tasks; unknown ones are granted, since nothing of them can run here. */
    public List<Effect> onYieldAsked(Moment now, long ticket, Set<String> tasks) {
        if (tickets.isFull()) {
            effects.add(new Effect.AnswerYield(ticket, Set.of()));
            return step(now);
        }
        tickets.open(now, ticket, tasks);
        known(tasks).forEach(duty -> duty.yieldAsked(now));
        return step(now);
    }

    /** The arbiters answered; an answer to a claim that is no longer waited for is released by its name. */
    public List<Effect> onClaimAnswered(Moment now, String claimId, String task, ClaimAnswer answer) {
        var duty = byClaim.remove(claimId);
        if (duty != null) {
            duty.cycle().onClaimAnswered(now, answer);
        } else {
            effects.add(new Effect.ReleaseClaim(claimId, task));
        }
        return step(now);
    }

    /** The guard reports about a run of this task. */
    public List<Effect> onRunEvent(Moment now, String task, RunEvent event) {
        var duty = duties.get(task);
        if (duty != null) {
            duty.cycle().onRunEvent(now, event);
        }
        return step(now);
    }

    /** These tasks run on their owners: a copy that runs here without being owned is one too many. */
    public List<Effect> onSurplus(Moment now, Set<String> tasks) {
        known(tasks).stream().filter(duty -> !duty.isOwned()).forEach(duty -> duty.stop(now, StopCause.SURPLUS));
        return step(now);
    }

    /** The node's lease will end before it can be renewed: exclusive runs stop now, within their grace. */
    public List<Effect> onLeaseEnding(Moment now) {
        duties.values().stream()
                .filter(duty -> duty.task().isExclusive())
                .forEach(duty -> duty.stop(now, StopCause.LEASE));
        return step(now);
    }

    /** The node stops: end everything and start nothing more. */
    public List<Effect> onClosing(Moment now) {
        closing = true;
        duties.values().forEach(duty -> duty.stop(now, StopCause.CLOSING));
        return step(now);
    }

    /** Time has passed. */
    public List<Effect> onTick(Moment now) {
        return step(now);
    }

    /** When {@link #onTick} should be called next, on the monotonic clock; {@link Long#MAX_VALUE} for no need. */
    public long wakeNanos(Moment now) {
        long wake = tickets.wakeNanos();
        for (var duty : duties.values()) {
            wake = Math.min(wake, duty.wakeNanos(now));
        }
        for (var ask : asks.values()) {
            wake = ask.open() ? wake : Math.min(wake, ask.againNanos());
        }
        return wake;
    }

    /** True while a process of any task may exist here, or a claim may be granted. */
    public boolean isBusy() {
        return duties.values().stream().anyMatch(duty -> duty.phase().isBusy());
    }

    /** True while a process of an exclusive task may exist here, or a claim may be granted. */
    public boolean isBusyWithExclusive() {
        return duties.values().stream().anyMatch(duty -> duty.cycle().livesByLease());
    }

    /** Claims that this node holds or is asking for, by id. */
    public Set<String> claimIds() {
        var ids = new TreeSet<String>();
        duties.values().forEach(duty -> ids.add(duty.cycle().claimId()));
        ids.remove("");
        return ids;
    }

    /** Where every task stands, by name. */
    public List<Standing> standings() {
        return duties.values().stream()
                .map(duty -> new Standing(
                        duty.task(),
                        duty.phase(),
                        duty.reason(),
                        duty.isOwned(),
                        duty.cycle().isFailing(),
                        duty.cycle().dueWallMillis(),
                        duty.cycle().run()))
                .toList();
    }

    // ---- one step: time, answers that are due, questions that are due

    private List<Effect> step(Moment now) {
        duties.values().forEach(duty -> duty.tick(now));
        answerTickets(now);
        askMembers(now);
        rememberClaims();
        var done = List.copyOf(effects);
        effects.clear();
        return done;
    }

    private void answerTickets(Moment now) {
        for (var closed : tickets.close(now, this::isQuiet)) {
            known(closed.ticket().tasks())
                    .forEach(duty -> duty.yieldAnswered(
                            now, closed.granted().contains(duty.task().name()), others));
            effects.add(new Effect.AnswerYield(closed.ticket().number(), closed.granted()));
        }
    }

    private void askMembers(Moment now) {
        for (var member : others) {
            var last = asks.get(member);
            if (last != null && (last.open() || now.nanos() - last.againNanos() < 0)) {
                continue;
            }
            var generations = new TreeMap<String, Integer>();
            duties.forEach((name, duty) -> {
                if (duty.membersToAsk(now).contains(member)) {
                    generations.put(name, duty.generation());
                }
            });
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
                byClaim.put(ask.claimId(), duty(ask.task().name()));
            }
        }
    }

    private boolean isQuiet(String task) {
        var duty = duties.get(task);
        return duty == null || !duty.phase().isBusy();
    }

    private List<TaskDuty> known(Set<String> tasks) {
        return new TreeSet<>(tasks)
                .stream().filter(duties::containsKey).map(this::duty).toList();
    }

    private TaskDuty duty(String task) {
        var duty = duties.get(task);
        if (duty == null) {
            throw new IllegalStateException("no such task: " + task);
        }
        return duty;
    }
}
