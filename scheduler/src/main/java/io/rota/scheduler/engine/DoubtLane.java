package io.rota.scheduler.engine;

import io.rota.scheduler.DoubtPolicy;
import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimEnd;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.Doubt;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the runs of a task of level once: whenever this node may begin to run it, the books are asked whether
 * an earlier run is in doubt, and nothing starts before they say that none is. What is in doubt is probed, each try under a
 * claim of its own, or waits for a person; what was found counts only once a majority of the books has it, and is read back
 * from them, so that every node acts on the same word. Below level once nothing is ever in doubt. Confined to the engine's
 * thread.
 */
final class DoubtLane {
    /** While a person is awaited the books are asked again after this long. */
    static final long LOOK_AGAIN_MILLIS = 2_000;

    private final TaskDefinition task;
    private final Effect.Sink effects;
    private final Claiming claim;
    private final Listener listener;

    private Step step = Step.SETTLED;
    private String reason = "";
    private @Nullable Run run;
    private @Nullable Doubt doubt;
    private boolean released;
    private int tries;
    private long wakeNanos;
    private String findings = "";
    /** What they have said when nothing was in doubt. */
    private ClaimAnswer.Settled books = new ClaimAnswer.Settled(Purpose.NO_OCCURRENCE, Ending.OPEN);

    private enum Step {
        /** Nothing is in doubt, as far as the books have said; or nobody has to know now. */
        SETTLED,
        /** The books are asked. */
        LOOKING,
        /** They are asked again when it is time. */
        WAITING,
        /** The right to probe is asked for. */
        ASKING,
        /** The probe is asked for, or up. */
        PROBING,
        /** The probe is being stopped. */
        STOPPING,
        /** A majority of the books must hear what was found. */
        ENDING
    }

    /** Hears what the books have said. */
    interface Listener {
        /** Nothing is in doubt any more, and this occurrence is the last that has ended. */
        void settled(Moment now, long endedMillis);

        /** When this occurrence was due, with its jitter. */
        long dueMillis(long occurrenceMillis);

        /** This run had not taken effect: it is to be started once more. */
        void owed(Moment now, Run run);
    }

    DoubtLane(String claimant, TaskDefinition task, Effect.Sink effects, Listener listener) {
        this.task = task;
        this.effects = effects;
        this.claim = new Claiming(claimant, task, effects);
        this.listener = listener;
    }

    boolean isSettled() {
        return step == Step.SETTLED;
    }

    Phase phase() {
        return switch (step) {
            case SETTLED -> Phase.ABSENT;
            case LOOKING, WAITING -> doubt == null ? Phase.CLAIMING : Phase.IN_DOUBT;
            case ASKING -> Phase.CLAIMING;
            case PROBING, STOPPING -> Phase.PROBING;
            case ENDING -> Phase.ENDING;
        };
    }

    String reason() {
        return reason;
    }

    @Nullable
    Run run() {
        return run;
    }

    @Nullable
    Doubt doubt() {
        return doubt;
    }

    String claimId() {
        return claim.claimId();
    }

    /** True while the probe may be up, or may be granted: the lease it lives by must not change. */
    boolean livesByLease() {
        return step == Step.ASKING || step == Step.PROBING || step == Step.STOPPING;
    }

    /** This node may run the task from now on, or a run of its own was cut off: what do the books say? */
    void look(Moment now) {
        released = false;
        if (task.isOnce() && (step == Step.SETTLED || step == Step.WAITING)) {
            ask(now, Step.LOOKING, ClaimKind.LOOK, null);
        }
    }

    void look(Moment now, Run cutOff) {
        run = cutOff;
        look(now);
    }

    /** This node may not run the task any more. */
    void forbid(Moment now) {
        released = true;
        stop();
        if (step == Step.LOOKING && doubt != null) {
            // What the books are about to say is the next owner's matter, and grants nothing.
            claim.forget();
            handOver(now);
        } else if (step == Step.WAITING) {
            handOver(now);
        }
    }

    /** Ends the probe, if it is up; it counts as not having told. */
    void stop() {
        if (step == Step.PROBING && run != null) {
            step = Step.STOPPING;
            effects.add(new Effect.StopRun(run.id(), task.stopGrace()));
        }
    }

    private void handOver(Moment now) {
        if (run != null && !run.state().isTerminal()) {
            keep(run.ended(
                    RunState.HANDED_OVER, "the next owner of the task settles it", run.exitCode(), now.wallMillis()));
        }
        step = Step.SETTLED;
        run = null;
        doubt = null;
    }

    long wakeNanos() {
        return step == Step.WAITING || step == Step.PROBING ? wakeNanos : Long.MAX_VALUE;
    }

    void tick(Moment now) {
        if (wakeNanos() == Long.MAX_VALUE || now.nanos() - wakeNanos < 0) {
            return;
        }
        if (step == Step.PROBING) {
            stop();
        } else {
            ask(now, Step.LOOKING, ClaimKind.LOOK, null);
        }
    }

    private void ask(Moment now, Step next, ClaimKind kind, @Nullable Claim inDoubt) {
        step = next;
        if (inDoubt == null) {
            claim.ask(now, kind, "", Purpose.NO_OCCURRENCE, "");
        } else {
            var purpose = inDoubt.purpose();
            claim.ask(now, kind, purpose.runId(), purpose.occurrenceMillis(), inDoubt.claimId());
        }
    }

    private void waitFor(Moment now, long millis, String why) {
        reason = why;
        step = Step.WAITING;
        wakeNanos = now.nanosAfterMillis(millis);
        if (released) {
            handOver(now);
        }
    }

    // ---- what the books say

    void onClaimAnswered(Moment now, ClaimAnswer answer) {
        claim.answered();
        boolean probing = step == Step.ASKING;
        if (answer instanceof ClaimAnswer.Granted granted && probing && !released && doubt != null) {
            mayProbe(now, granted.token(), doubt);
            return;
        }
        if (probing && !(answer instanceof ClaimAnswer.NotAsked)) {
            claim.release();
        } else {
            claim.forget();
        }
        if (answer instanceof ClaimAnswer.Settled settled) {
            settle(now, settled);
        } else if (answer instanceof ClaimAnswer.InDoubt inDoubt) {
            hear(now, inDoubt.doubt());
        } else {
            waitFor(now, Claiming.RETRY_MILLIS, answer.refusal());
        }
    }

    private void settle(Moment now, ClaimAnswer.Settled settled) {
        if (run != null && !released && settled.endedMillis() < run.origin().bornMillis()) {
            var owed =
                    keep(run.become(RunState.RESOLVED_NOT_DONE, "its node has told after all that it started nothing"));
            forget();
            listener.owed(now, owed.again());
            return;
        }
        if (run != null && released && settled.endedMillis() < run.origin().bornMillis()) {
            handOver(now); // It is owed: whoever owns the task reads the same, and starts it.
            return;
        }
        books = settled;
        if (run != null && !run.state().isTerminal()) {
            endAsTheBooksSay(now, run);
        }
        forget();
        if (!released) {
            listener.settled(now, settled.endedMillis());
        }
    }

    private void endAsTheBooksSay(Moment now, Run open) {
        var word = books.endedMillis() == open.origin().bornMillis() ? books.lastWord() : Ending.OPEN;
        var why = word.equals(Ending.OPEN) ? "it has ended, and the books no longer say how" : word.inWords();
        keep(open.ended(word.end().run(), why, open.exitCode(), now.wallMillis()));
    }

    /** A run that began elsewhere and of which the others know no end: at level once the books may know it. */
    void ended(Moment now, CycleFact open) {
        var found = Run.due(open);
        if (books.endedMillis() == open.bornMillis() && !books.lastWord().equals(Ending.OPEN)) {
            endAsTheBooksSay(now, found.become(RunState.IN_DOUBT, "its node is gone"));
            run = null;
        } else {
            var why = "the node that ran it is gone";
            effects.add(new Effect.KeepRun(found.ended(RunState.LOST, why, found.exitCode(), now.wallMillis())));
        }
    }

    private void forget() {
        step = Step.SETTLED;
        run = null;
        doubt = null;
        reason = "";
        tries = 0;
        findings = "";
    }

    private void hear(Moment now, Doubt heard) {
        if (doubt == null || !doubt.intent().claimId().equals(heard.intent().claimId())) {
            tries = 0;
            findings = "";
        }
        doubt = heard;
        var shown = shown(heard);
        if (released) {
            handOver(now);
            return;
        }
        switch (heard.stage()) {
            case OPEN -> {
                reason = heard.inWords();
                ask(now, Step.ASKING, ClaimKind.PROBE, heard.intent());
            }
            case HELD -> {
                if (shown.state() != RunState.HELD) {
                    keep(shown.ended(
                            RunState.HELD,
                            heard.inWords() + "; " + heard.finding().inWords(),
                            shown.exitCode(),
                            now.wallMillis()));
                }
                waitFor(
                        now,
                        LOOK_AGAIN_MILLIS,
                        heard.inWords() + "; " + heard.finding().inWords());
            }
            case NOT_DONE -> {
                var owed = keep(shown.become(
                                RunState.RESOLVED_NOT_DONE, heard.finding().inWords()))
                        .again();
                forget();
                listener.owed(now, owed);
            }
        }
    }

    /** The record of the run in doubt on this node. */
    private Run shown(Doubt open) {
        var purpose = open.intent().purpose();
        if (run == null || !run.id().equals(purpose.runId())) {
            long due = purpose.occurrenceMillis();
            run = keep(Run.due(task.name(), RunOrigin.instant(due), listener.dueMillis(due))
                    .become(RunState.IN_DOUBT, open.inWords()));
        }
        return run;
    }

    private Run keep(Run state) {
        run = state;
        effects.add(new Effect.KeepRun(state));
        return state;
    }

    // ---- the probe

    private void mayProbe(Moment now, long token, Doubt open) {
        var rule = task.doubt();
        var probe = rule.wantedProbe();
        if (rule.rule() == DoubtPolicy.Rule.ABANDON) {
            found(now, ClaimEnd.ABANDONED, "in_doubt: abandon");
        } else if (probe.isEmpty()) {
            found(now, ClaimEnd.HELD, rule.probe().isEmpty() ? "the task has no probe" : "in_doubt: hold");
        } else {
            tries++;
            step = Step.PROBING;
            wakeNanos = now.nanosAfterMillis(probe.get().timeout().toMillis());
            var asked = "probe " + tries + " of " + (probe.get().retries() + 1);
            reason = open.inWords() + "; " + asked;
            var inDoubt = shown(open);
            var started = keep((inDoubt.state() == RunState.IN_DOUBT
                            ? inDoubt
                            : inDoubt.become(RunState.IN_DOUBT, inDoubt.reason()))
                    .probing(reason, token));
            effects.add(new Effect.StartRun(started, task.with(probe.get().work())));
        }
    }

    boolean isAbout(RunEvent event) {
        return (step == Step.PROBING || step == Step.STOPPING)
                && run != null
                && run.id().equals(event.runId());
    }

    void onRunEvent(Moment now, RunEvent event) {
        if (event instanceof RunEvent.Ended ended) {
            probeEnded(
                    now,
                    ended.exitCode(),
                    step == Step.STOPPING ? "was stopped" : "ended with code " + ended.exitCode());
        } else if (event instanceof RunEvent.NotStarted notStarted) {
            probeEnded(now, Integer.MIN_VALUE, "could not be started: " + notStarted.reason());
        } else if (event instanceof RunEvent.GuardLost) {
            probeEnded(now, Integer.MIN_VALUE, "was lost with its guard");
        }
    }

    private void probeEnded(Moment now, int code, String how) {
        var probe = task.doubt().wantedProbe();
        boolean told = step == Step.PROBING && probe.isPresent();
        findings += (findings.isEmpty() ? "" : ", ") + "probe " + tries + " " + how;
        if (told && probe.get().done().contains(code)) {
            found(now, ClaimEnd.DONE, findings);
        } else if (told && probe.get().notDone().contains(code)) {
            found(now, ClaimEnd.NOT_DONE, findings);
        } else if (!released && probe.isPresent() && tries > probe.get().retries()) {
            found(now, ClaimEnd.HELD, findings);
        } else {
            claim.release();
            if (run != null) {
                keep(run.become(RunState.IN_DOUBT, findings));
            }
            waitFor(now, DoubtPolicy.Probe.PAUSE.toMillis(), findings);
        }
    }

    private void found(Moment now, ClaimEnd end, String note) {
        step = Step.ENDING;
        reason = "a majority of the books must hear what was found: " + note;
        claim.end(new Ending(
                end,
                end == ClaimEnd.ABANDONED || findings.isEmpty() ? "the rules of the task" : "the probe",
                note,
                now.wallMillis()));
    }

    /** A majority of the books has heard what was found: it is read back from them. */
    void onClaimEnded(Moment now) {
        if (step == Step.ENDING) {
            claim.forget();
            waitFor(now, 0, reason);
        }
    }
}
