package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.Doubt;
import io.rota.scheduler.arbitration.Purpose;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a task with a schedule. Every occurrence that falls due while this node may run the task, or fell due since
 * it was last seen to, begins a run or gets a record that says why not. Confined to the engine's thread.
 */
final class TimedRuns implements TaskRuns {
    /** A change of the clock against elapsed time that is a step and no correction. */
    private static final long CLOCK_STEP_MILLIS = 1_000;

    private final TaskDefinition task;
    private final Effect.Sink effects;
    private final Occurrences occurrences;
    private final RunLanes lanes;
    private final boolean openEnded;
    /** Due so long after the end of the run before it; 0 for a task that is due at instants. */
    private final long delayMillis;

    private final RunLine line;
    private final DoubtLane doubts;

    private Agenda agenda;
    private boolean permitted;
    private boolean resumed;
    private boolean knewHandled;
    private boolean heldUp;
    private boolean failing;
    private long handledMillis = UNKNOWN;
    private long ownedFromMillis;
    private Moment lookedAt = new Moment(0, 0);

    TimedRuns(String claimant, TaskDefinition task, Schedule.Timed schedule, Effect.Sink effects, Admission admission) {
        this.task = task;
        this.effects = effects;
        this.openEnded = schedule.isOpenEnded();
        this.delayMillis =
                schedule instanceof Schedule.Delay delay ? delay.interval().toMillis() : 0;
        this.occurrences = new Occurrences(task.name(), schedule);
        this.lanes = new RunLanes(claimant, task, effects, admission, this::ended);
        this.line = new RunLine(task, lanes, effects);
        this.doubts = new DoubtLane(claimant, task, effects, new Settlement());
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
        knewHandled = handledMillis != UNKNOWN;
        goOnAfter(knewHandled ? handledMillis : ownedFromMillis);
        doubts.look(now);
    }

    @Override
    public void forbid(Moment now) {
        handledMillis = handledMillis();
        permitted = false;
        doubts.forbid(now);
        lanes.abandon(now, ServiceRuns.NOT_PERMITTED);
        line.cancel(now, ServiceRuns.NOT_PERMITTED);
    }

    @Override
    public long handledMillis() {
        // Before the books have spoken, where a task of level once goes on is a guess.
        return task.isOnce() && permitted && !knewHandled ? UNKNOWN : handledMillis;
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
            hearHandled(now, isPaced() ? dueMillis - delayMillis : occurrences.cursorAt(dueMillis - 1));
        }
    }

    // ---- doubt

    private final class Settlement implements DoubtLane.Listener {
        @Override
        public void settled(Moment now, long endedMillis) {
            // On a node that has seen nothing of the task the books know best where to go on.
            if (endedMillis != Purpose.NO_OCCURRENCE && !occurrences.isTooFarAhead(endedMillis, now.wallMillis())) {
                goOnAfter(knewHandled ? Math.max(handledMillis, endedMillis) : endedMillis);
            }
            knewHandled = true;
        }

        @Override
        public long dueMillis(long occurrenceMillis) {
            return occurrences.after(occurrenceMillis - 1).dueMillis();
        }

        @Override
        public void owed(Moment now, Run run) {
            long born = run.origin().bornMillis();
            goOnAfter(knewHandled ? Math.max(handledMillis, born) : born);
            knewHandled = true;
            lanes.begin(now, run, Long.MAX_VALUE);
        }
    }

    private void goOnAfter(long occurrenceMillis) {
        handledMillis = occurrenceMillis;
        agenda = new Agenda(occurrences, task.policy(), handledMillis);
    }

    // ---- time

    @Override
    public long wakeNanos(Moment now) {
        if (!doubts.isSettled()) {
            return Math.min(doubts.wakeNanos(), lanes.wakeNanos());
        }
        long due = permitted ? nextDueMillis() : Occurrences.NEVER;
        long ready = line.isReady() ? now.nanos() : Long.MAX_VALUE;
        long wake = due == Occurrences.NEVER ? ready : Math.min(ready, nanosAt(now, due));
        return Math.min(wake, lanes.wakeNanos());
    }

    private boolean isPaced() {
        return delayMillis > 0;
    }

    /** While a paced task runs, nobody knows when it is due next. */
    private long nextDueMillis() {
        return isPaced() && !lanes.isIdle() ? Occurrences.NEVER : agenda.nextDueMillis();
    }

    /** The time since the last end is elapsed time: it goes along with a clock that is set. */
    private void followClock(Moment now) {
        long step = now.wallMillis() - lookedAt.wallMillis() - (now.nanos() - lookedAt.nanos()) / 1_000_000L;
        if (isPaced() && permitted && Math.abs(step) > CLOCK_STEP_MILLIS) {
            goOnAfter(handledMillis + step);
        }
    }

    private static long nanosAt(Moment now, long wallMillis) {
        return now.nanosAfterMillis(Math.min(wallMillis - now.wallMillis(), Schedule.Every.MAX.toMillis()));
    }

    @Override
    public void tick(Moment now) {
        lanes.tick(now);
        if (!doubts.isSettled()) {
            doubts.tick(now);
            heldUp |= doubts.doubt() != null;
            return;
        }
        followClock(now);
        if (permitted && occurrences.isTooFarAhead(handledMillis, now.wallMillis())) {
            // The clock was wrong and has been set back: what it made of the future does not count, or nothing would
            // come.
            goOnAfter(occurrences.cursorAt(now.wallMillis()));
        }
        if (permitted && nextDueMillis() <= now.wallMillis()) {
            takeDue(now);
        }
        line.next(now, agenda.nextDueMillis());
        if (permitted) {
            resumed = false;
            heldUp = false;
            lookedAt = now;
        }
    }

    private void takeDue(Moment now) {
        if (isPaced()) {
            long nominal = agenda.nextDueMillis();
            handledMillis = nominal;
            line.offer(now, agenda.nextDueMillis(), due(new Occurrence(nominal, nominal)));
            return;
        }
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
            line.offer(now, agenda.nextDueMillis(), due(due.begin().get(0)));
        } else {
            due.begin().forEach(occurrence -> line.enqueue(now, due(occurrence)));
        }
    }

    private String whyMissed(Moment now) {
        if (heldUp) {
            return "nobody knew whether an earlier run had taken effect when it was due";
        }
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
        if (task.isOnce()) {
            return "a task of level once runs at its due times only: the books do not know orders yet";
        }
        if (!permitted) {
            return "this node does not own the task, or still asks the others whether they run it";
        }
        line.offer(now, agenda.nextDueMillis(), Run.due(task.name(), origin, now.wallMillis()));
        return "";
    }

    @Override
    public void takeCycles(Moment now, Cycles cycles) {
        if (!permitted || !doubts.isSettled()) {
            return;
        }
        cycles.openOf(task.name()).stream()
                .filter(fact -> !isHere(fact.runId()))
                .forEach(fact -> doubts.ended(now, fact));
        var due = cycles.dueOf(task.name());
        for (var cycle : due) {
            var run = Run.due(task.name(), cycle.origin(), now.wallMillis());
            if (!cycle.skip().isEmpty()) {
                end(now, run, RunState.SKIPPED, cycle.skip());
            } else if (due.size() == 1) {
                line.offer(now, agenda.nextDueMillis(), run);
            } else {
                line.enqueue(now, run);
            }
        }
    }

    private boolean isHere(String runId) {
        return lanes.holds(runId) || line.holds(runId);
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
        if (isPaced() && now.wallMillis() > handledMillis) {
            goOnAfter(now.wallMillis());
        }
        if (run.state() == RunState.IN_DOUBT) {
            doubts.look(now, run);
            if (!permitted) {
                doubts.forbid(now);
            }
        }
    }

    // ---- what others say, and what they may see

    @Override
    public void stop(Moment now, StopCause cause) {
        lanes.stop(cause);
        doubts.stop();
    }

    @Override
    public void onClaimAnswered(Moment now, String claimId, ClaimAnswer answer) {
        if (doubts.claimId().equals(claimId)) {
            doubts.onClaimAnswered(now, answer);
            return;
        }
        lanes.onClaimAnswered(now, claimId, answer);
        if (permitted
                && answer instanceof ClaimAnswer.Settled settled
                && !occurrences.isTooFarAhead(settled.endedMillis(), now.wallMillis())) {
            goOnAfter(Math.max(handledMillis, settled.endedMillis()));
        } else if (permitted && answer instanceof ClaimAnswer.InDoubt) {
            doubts.look(now);
        }
    }

    @Override
    public void onClaimEnded(Moment now, String claimId) {
        if (doubts.claimId().equals(claimId)) {
            doubts.onClaimEnded(now);
        } else {
            lanes.onClaimEnded(now, claimId);
        }
    }

    @Override
    public void onRunEvent(Moment now, RunEvent event) {
        if (doubts.isAbout(event)) {
            doubts.onRunEvent(now, event);
        } else {
            lanes.onRunEvent(now, event);
        }
    }

    @Override
    public @Nullable Doubt doubt() {
        return doubts.doubt();
    }

    @Override
    public Phase phase() {
        if (!lanes.isIdle()) {
            return lanes.phase();
        }
        if (!doubts.isSettled()) {
            return doubts.phase();
        }
        if (!permitted) {
            return Phase.ABSENT;
        }
        boolean over = !openEnded && agenda.nextDueMillis() == Occurrences.NEVER && line.isEmpty();
        return over ? Phase.FINISHED : Phase.WAITING;
    }

    @Override
    public String reason() {
        if (phase() == Phase.ABSENT) {
            return "";
        }
        if (!doubts.isSettled() && lanes.isIdle()) {
            return doubts.reason();
        }
        return phase() == Phase.FINISHED && lanes.run() == null
                ? "its time was over when this node took it"
                : lanes.reason();
    }

    @Override
    public @Nullable Run run() {
        var inDoubt = doubts.run();
        return inDoubt != null && lanes.isIdle() ? inDoubt : lanes.run();
    }

    @Override
    public Set<String> claimIds() {
        if (doubts.claimId().isEmpty()) {
            return lanes.claimIds();
        }
        var ids = new TreeSet<>(lanes.claimIds());
        ids.add(doubts.claimId());
        return ids;
    }

    @Override
    public boolean livesByLease() {
        return lanes.livesByLease() || doubts.livesByLease();
    }

    @Override
    public boolean isFailing() {
        return failing;
    }

    @Override
    public long dueWallMillis() {
        return permitted && doubts.isSettled() && nextDueMillis() != Occurrences.NEVER ? nextDueMillis() : 0;
    }
}
