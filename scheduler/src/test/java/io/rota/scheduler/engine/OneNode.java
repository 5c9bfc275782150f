package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An engine alone in its cluster, with clocks that a test sets, and what it did. */
final class OneNode {
    private static final long MILLI = 1_000_000L;

    private final Engine engine;
    private final String task;
    private final List<Run> kept = new ArrayList<>();
    private final List<Effect> done = new ArrayList<>();
    private long elapsedMillis;
    private long offsetMillis;

    /** @param start what the clock on the wall shows first */
    OneNode(TaskDefinition task, String start) {
        this.engine = new Engine("n1/1", List.of(task));
        this.task = task.name();
        this.offsetMillis = Instant.parse(start).toEpochMilli();
    }

    Moment now() {
        return new Moment(elapsedMillis * MILLI, offsetMillis + elapsedMillis);
    }

    OneNode own() {
        keep(engine.onTargets(now(), new Targets(Set.of(task), Set.of())));
        return this;
    }

    /** Another node reports when it will see to the task next. */
    OneNode hearNextDue(String instant) {
        keep(engine.onNextDueHeard(now(), Map.of(task, Instant.parse(instant).toEpochMilli())));
        return this;
    }

    /** Another node says what became of a run. */
    OneNode hearCycle(CycleFact fact) {
        keep(engine.onCyclesHeard(now(), List.of(fact)));
        return this;
    }

    /** Latest record of this run. */
    Run run(String runId) {
        return kept.stream()
                .filter(run -> run.id().equals(runId))
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    /** Somebody orders a run; gives the answer. */
    OrderAnswer order(String key) {
        keep(engine.onOrdered(now(), done.size(), task, key, new TreeMap<>()));
        var answers = done(Effect.AnswerOrder.class);
        return answers.get(answers.size() - 1).answer();
    }

    OneNode disown() {
        keep(engine.onTargets(now(), new Targets(Set.of(), Set.of())));
        return this;
    }

    /** Time passes, and the engine is called whenever it asked to be. */
    OneNode pass(long millis) {
        long end = elapsedMillis + millis;
        while (elapsedMillis < end) {
            long asked = engine.wakeNanos(now());
            long wake = asked == Long.MAX_VALUE ? end : Math.floorDiv(asked + MILLI - 1, MILLI);
            elapsedMillis = Math.min(end, Math.max(elapsedMillis + 1, Math.min(wake, elapsedMillis + 1_000)));
            keep(engine.onTick(now()));
        }
        return this;
    }

    /** Time passes while the node stands still. */
    OneNode stall(long millis) {
        elapsedMillis += millis;
        keep(engine.onTick(now()));
        return this;
    }

    /** Somebody sets the clock on the wall. */
    OneNode step(long millis) {
        offsetMillis += millis;
        return this;
    }

    /** The process of the run begun last is up. */
    OneNode up() {
        return up(lastStarted());
    }

    OneNode up(String runId) {
        keep(engine.onRunEvent(now(), task, new RunEvent.Started(runId, 42)));
        return this;
    }

    OneNode exit(String runId, int code) {
        keep(engine.onRunEvent(now(), task, new RunEvent.Ended(runId, code)));
        return this;
    }

    /** The runner reports this. */
    OneNode hear(RunEvent event) {
        keep(engine.onRunEvent(now(), task, event));
        return this;
    }

    /** The run begun last comes up and ends. */
    OneNode runAndExit(int code) {
        return up().exit(lastStarted(), code);
    }

    /** The arbiters answer the latest question for a claim. */
    OneNode answer(ClaimAnswer answer) {
        var asked = done(Effect.AskClaim.class);
        keep(engine.onClaimAnswered(now(), asked.get(asked.size() - 1).claimId(), task, answer));
        return this;
    }

    /** Another file defines these tasks. */
    OneNode define(TaskDefinition... tasks) {
        keep(engine.onTasks(now(), List.of(tasks)));
        return this;
    }

    /** A majority of the books has heard the latest end of a claim. */
    OneNode booksHeard() {
        var ended = done(Effect.EndClaim.class);
        keep(engine.onClaimEnded(now(), ended.get(ended.size() - 1).claimId(), task));
        return this;
    }

    /** The node's lease will end before it is renewed. */
    OneNode leaseEnds() {
        keep(engine.onLeaseEnding(now()));
        return this;
    }

    Effect.AskClaim lastAsked() {
        var asked = done(Effect.AskClaim.class);
        return asked.get(asked.size() - 1);
    }

    OneNode notStarted(String runId) {
        keep(engine.onRunEvent(now(), task, new RunEvent.NotStarted(runId, "no such program")));
        return this;
    }

    OneNode guardLost(String runId) {
        keep(engine.onRunEvent(now(), task, new RunEvent.GuardLost(runId)));
        return this;
    }

    String lastStarted() {
        var started = done(Effect.StartRun.class);
        return started.get(started.size() - 1).run().id();
    }

    <T extends Effect> List<T> done(Class<T> type) {
        return done.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The latest state of each run, in the order of their first records, as {@code 12:00:05 STARTING}. */
    List<String> runs() {
        return latest().values().stream()
                .map(run -> due(run) + " " + run.state())
                .toList();
    }

    /** Every state of every run in order, as {@code 12:00:05 STARTING}. */
    List<String> states() {
        return kept.stream().map(run -> due(run) + " " + run.state()).toList();
    }

    /** The reason in the last record of the latest run that is in this state. */
    String reasonOf(RunState state) {
        return latest().values().stream()
                .filter(run -> run.state() == state)
                .map(Run::reason)
                .reduce((first, second) -> second)
                .orElse("");
    }

    Engine.Standing standing() {
        return engine.standings().get(0);
    }

    private Map<String, Run> latest() {
        var latest = new LinkedHashMap<String, Run>();
        kept.forEach(run -> latest.put(run.id(), run));
        return latest;
    }

    private static String due(Run run) {
        return run.id().replaceAll(".*T(.*)Z", "$1");
    }

    private void keep(List<Effect> effects) {
        for (var effect : effects) {
            done.add(effect);
            if (effect instanceof Effect.KeepRun keep) {
                kept.add(keep.run());
            }
        }
    }
}
