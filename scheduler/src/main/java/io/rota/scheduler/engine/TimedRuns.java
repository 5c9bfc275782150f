package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a task with a schedule. Every occurrence that falls due while this node may run the task, or fell due since
 * it was last seen to, begins a run or gets a record that says why not. Confined to the engine's thread.
 */
final class TimedRuns implements TaskRuns {
    /** Most occurrences that wait for the runs before them. */
    static final int MOST_WAITING = 100;
    /** A change of the clock against elapsed time that is a step and no correction. */
    private static final long CLOCK_STEP_MILLIS = 1_000;

    private final TaskDefinition task;
    private final Effect.Sink effects;
    private final Occurrences occurrences;
    private final RunLanes lanes;
    private final boolean openEnded;
    private final Deque<Run> waiting = new ArrayDeque<>();

    private Agenda agenda;
    private boolean permitted;
    private boolean resumed;
    private boolean failing;
    private long handledMillis = UNKNOWN;
    private long ownedFromMillis;
    private Moment lookedAt = new Moment(0, 0);

    TimedRuns(String claimant, TaskDefinition task, Schedule.Timed schedule, Effect.Sink effects) {
        this.task = task;
        this.effects = effects;
        this.openEnded = schedule.isOpenEnded();
        this.occurrences = new Occurrences(task.name(), schedule);
        this.lanes = new RunLanes(claimant, task, effects, this::ended);
        this.agenda = new Agenda(occurrences, task.policy(), 0);
    }

    // ---- permission

    @Override
    public void own(Moment now) {
        ownedFromMillis = occurrences.cursorAt(now.wallMillis());
    }

    @Override
    public void permit(Moment now) {
        if (permitted) {
            return;
        }
        permitted = true;
        resumed = true;
        lookedAt = now;
        handledMillis = handledMillis == UNKNOWN ? ownedFromMillis : handledMillis;
        agenda = new Agenda(occurrences, task.policy(), handledMillis);
    }

    @Override
    public void forbid(Moment now) {
        permitted = false;
        lanes.abandon(now, ServiceRuns.NOT_PERMITTED);
        waiting.forEach(run -> end(now, run, RunState.CANCELLED, ServiceRuns.NOT_PERMITTED));
        waiting.clear();
    }

    @Override
    public long handledMillis() {
        return handledMillis;
    }

    @Override
    public void hearHandled(Moment now, long otherHandledMillis) {
        if (!permitted && !occurrences.isTooFarAhead(otherHandledMillis, now.wallMillis())) {
            handledMillis = Math.max(handledMillis, otherHandledMillis);
        }
    }

    @Override
    public void hearNextDue(Moment now, long dueMillis) {
        if (!permitted) {
            hearHandled(now, occurrences.cursorAt(dueMillis - 1));
        }
    }

    // ---- time

    @Override
    public long wakeNanos(Moment now) {
        long due = permitted ? agenda.nextDueMillis() : Occurrences.NEVER;
        long ready = !waiting.isEmpty() && lanes.isIdle() ? now.nanos() : Long.MAX_VALUE;
        long wake = due == Occurrences.NEVER ? ready : Math.min(ready, nanosAt(now, due));
        return Math.min(wake, lanes.wakeNanos());
    }

    private static long nanosAt(Moment now, long wallMillis) {
        long away = wallMillis - now.wallMillis();
        return away > Schedule.Every.MAX.toMillis()
                ? now.nanosAfterMillis(Schedule.Every.MAX.toMillis())
                : now.nanosAfterMillis(away);
    }

    @Override
    public void tick(Moment now) {
        lanes.tick(now);
        if (permitted && occurrences.isTooFarAhead(handledMillis, now.wallMillis())) {
            // The clock was wrong and has been set back: what it made of the future does not count, or nothing would
            // come.
            handledMillis = occurrences.cursorAt(now.wallMillis());
            agenda = new Agenda(occurrences, task.policy(), handledMillis);
        }
        if (permitted && agenda.nextDueMillis() <= now.wallMillis()) {
            takeDue(now);
        }
        if (!waiting.isEmpty() && lanes.isIdle()) {
            lanes.begin(now, waiting.removeFirst(), agenda.nextDueMillis());
        }
        if (permitted) {
            resumed = false;
            lookedAt = now;
        }
    }

    private void takeDue(Moment now) {
        var due = agenda.take(now.wallMillis());
        handledMillis = agenda.handledMillis();
        var why = whyMissed(now);
        if (due.older() > 0) {
            skip(
                    now,
                    due.oldest(),
                    (due.isUncounted() ? "more than " : "") + due.older()
                            + " occurrences from this one on share this record: " + why);
        }
        due.missed().forEach(occurrence -> skip(now, occurrence, why));
        if (due.begin().size() == 1) {
            offer(now, due(due.begin().get(0)));
        } else {
            due.begin().forEach(occurrence -> enqueue(now, due(occurrence)));
        }
    }

    private String whyMissed(Moment now) {
        if (resumed) {
            return "no node was allowed to run the task when it was due";
        }
        long elapsed = (now.nanos() - lookedAt.nanos()) / 1_000_000L;
        long shown = now.wallMillis() - lookedAt.wallMillis();
        return shown - elapsed > CLOCK_STEP_MILLIS
                ? "the clock was set forwards over it"
                : "the node stood still when it was due";
    }

    @Override
    public String order(Moment now, RunOrigin origin) {
        if (!permitted) {
            return "this node does not own the task, or still asks the others whether they run it";
        }
        offer(now, Run.due(task.name(), origin, now.wallMillis()));
        return "";
    }

    @Override
    public void takeCycles(Moment now, Cycles cycles) {
        if (!permitted) {
            return;
        }
        cycles.openOf(task.name()).stream()
                .filter(fact -> !isHere(fact.runId()))
                .forEach(fact -> end(now, Run.due(fact), RunState.LOST, "the node that ran it is gone"));
        var due = cycles.dueOf(task.name());
        for (var cycle : due) {
            var run = Run.due(task.name(), cycle.origin(), now.wallMillis());
            if (!cycle.skip().isEmpty()) {
                end(now, run, RunState.SKIPPED, cycle.skip());
            } else if (due.size() == 1) {
                offer(now, run);
            } else {
                enqueue(now, run);
            }
        }
    }

    private boolean isHere(String runId) {
        return lanes.holds(runId) || waiting.stream().anyMatch(run -> run.id().equals(runId));
    }

    // ---- overlap

    private void offer(Moment now, Run run) {
        if (lanes.isIdle() && waiting.isEmpty()) {
            begin(now, run);
            return;
        }
        switch (task.policy().overlap()) {
            case SKIP -> end(now, run, RunState.SKIPPED, "the run before it is still under way (overlap: skip)");
            case QUEUE -> enqueue(now, run);
            case REPLACE -> replace(now, run);
            case ALLOW -> beside(now, run);
        }
    }

    private void enqueue(Moment now, Run run) {
        if (waiting.size() >= MOST_WAITING) {
            end(now, run, RunState.SKIPPED, MOST_WAITING + " occurrences before it wait already");
            return;
        }
        effects.add(new Effect.KeepRun(run));
        var queued = run.become(RunState.QUEUED, "");
        effects.add(new Effect.KeepRun(queued));
        waiting.addLast(queued);
    }

    private void replace(Moment now, Run next) {
        waiting.forEach(run -> end(now, run, RunState.SKIPPED, StopCause.REPLACED.reason()));
        waiting.clear();
        lanes.stop(StopCause.REPLACED);
        lanes.abandon(now, StopCause.REPLACED.reason());
        enqueue(now, next);
    }

    private void beside(Moment now, Run run) {
        if (lanes.isFull()) {
            end(now, run, RunState.SKIPPED, RunLanes.MOST + " runs before it are still under way");
        } else {
            begin(now, run);
        }
    }

    private void begin(Moment now, Run run) {
        effects.add(new Effect.KeepRun(run));
        lanes.begin(now, run, agenda.nextDueMillis());
    }

    private void skip(Moment now, Occurrence occurrence, String why) {
        end(now, due(occurrence), RunState.SKIPPED, why);
    }

    private void end(Moment now, Run run, RunState terminal, String why) {
        effects.add(new Effect.KeepRun(run.ended(terminal, why, Integer.MIN_VALUE, now.wallMillis())));
    }

    private Run due(Occurrence occurrence) {
        return Run.due(task.name(), RunOrigin.instant(occurrence.nominalMillis()), occurrence.dueMillis());
    }

    private void ended(Moment now, Run run, long ranMillis) {
        failing = List.of(RunState.FAILED, RunState.TIMED_OUT, RunState.LOST).contains(run.state());
    }

    // ---- what others say, and what they may see

    @Override
    public void stop(Moment now, StopCause cause) {
        lanes.stop(cause);
    }

    @Override
    public void onClaimAnswered(Moment now, String claimId, ClaimAnswer answer) {
        lanes.onClaimAnswered(now, claimId, answer);
    }

    @Override
    public void onRunEvent(Moment now, RunEvent event) {
        lanes.onRunEvent(now, event);
    }

    @Override
    public Phase phase() {
        if (!lanes.isIdle()) {
            return lanes.phase();
        }
        if (!permitted) {
            return Phase.ABSENT;
        }
        boolean over = !openEnded && agenda.nextDueMillis() == Occurrences.NEVER && waiting.isEmpty();
        return over ? Phase.FINISHED : Phase.WAITING;
    }

    @Override
    public String reason() {
        if (phase() == Phase.ABSENT) {
            return "";
        }
        return phase() == Phase.FINISHED && lanes.run() == null
                ? "its time was over when this node took it"
                : lanes.reason();
    }

    @Override
    public @Nullable Run run() {
        return lanes.run();
    }

    @Override
    public Set<String> claimIds() {
        return lanes.claimIds();
    }

    @Override
    public boolean livesByLease() {
        return lanes.livesByLease();
    }

    @Override
    public boolean isFailing() {
        return failing;
    }

    @Override
    public long dueWallMillis() {
        return permitted && agenda.nextDueMillis() != Occurrences.NEVER ? agenda.nextDueMillis() : 0;
    }
}
