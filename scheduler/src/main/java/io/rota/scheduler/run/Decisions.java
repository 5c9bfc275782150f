package io.rota.scheduler.run;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.ClaimEnd;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.Doubt;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.Lease;
import io.rota.scheduler.arbitration.Purpose;
import io.rota.scheduler.engine.ClaimAnswer;
import io.rota.scheduler.loop.BootClock;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.CommandOutcome.Cause;
import io.rota.scheduler.view.DoubtDecision;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a person says about a run in doubt, on whichever node was asked: looks the doubt up, takes the right to
 * settle it as a claim, writes the verdict to a majority of the books as that claim's end, and reads it back. Confined to
 * the scheduler thread.
 */
final class Decisions {
    /** Whoever decides is answered within this time. */
    static final long LIMIT_SECONDS = 8;

    private static final String TOO_LATE = "it came too late to count, or somebody else was heard first: look again";
    private static final String NOT_READ_BACK =
            "it was written, and no majority of the books could be asked whether it counts: look again";

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final Map<DoubtDecision.Verdict, ClaimEnd> ENDS = Map.of(
            DoubtDecision.Verdict.DONE, ClaimEnd.DONE,
            DoubtDecision.Verdict.NOT_DONE, ClaimEnd.NOT_DONE,
            DoubtDecision.Verdict.ABANDON, ClaimEnd.ABANDONED);
    private static final Map<DoubtDecision.Verdict, RunState> STATES = Map.of(
            DoubtDecision.Verdict.DONE, RunState.RESOLVED_DONE,
            DoubtDecision.Verdict.NOT_DONE, RunState.RESOLVED_NOT_DONE,
            DoubtDecision.Verdict.ABANDON, RunState.ABANDONED);

    private final String claimant;
    private final Map<String, TaskDefinition> tasks = new TreeMap<>();
    private final Claims claims;
    private final Supplier<Lease> lease;
    private long count;

    Decisions(String claimant, Collection<TaskDefinition> tasks, Claims claims, Supplier<Lease> lease) {
        this.claimant = claimant;
        this.claims = claims;
        this.lease = lease;
        redefine(tasks);
    }

    /** These tasks are defined from now on. */
    void redefine(Collection<TaskDefinition> defined) {
        tasks.clear();
        defined.forEach(task -> tasks.put(task.name(), task));
    }

    void decide(DoubtDecision decision, CompletableFuture<CommandOutcome> outcome) {
        var unanswered = new CommandOutcome.Refused(
                Cause.UNAVAILABLE,
                "no majority of the arbiters has answered, so it may be recorded or not: look again");
        var limited = outcome.completeOnTimeout(unanswered, LIMIT_SECONDS, TimeUnit.SECONDS);
        var task = tasks.get(decision.task());
        if (task == null) {
            refuse(limited, Cause.UNKNOWN, "there is no task named " + decision.task());
        } else if (!task.isOnce()) {
            refuse(limited, Cause.INVALID, task.name() + " is not of level once: none of its runs is ever in doubt");
        } else {
            ask(
                    ClaimKind.LOOK,
                    task,
                    "",
                    Purpose.NO_OCCURRENCE,
                    "",
                    (claimId, answer) -> onLooked(decision, task, answer, limited));
        }
    }

    private interface OnAnswer {
        void answered(String claimId, ClaimAnswer answer);
    }

    private void ask(ClaimKind kind, TaskDefinition task, String runId, long occurrence, String about, OnAnswer then) {
        var claimId = claimant + "/decision-" + ++count;
        var purpose = new Purpose(
                kind, task.name(), runId, task.fingerprint(), occurrence, about, System.currentTimeMillis());
        claims.ask(claimId, purpose, lease.get(), BootClock.nanos(), answer -> then.answered(claimId, answer));
    }

    private void onLooked(
            DoubtDecision decision,
            TaskDefinition task,
            ClaimAnswer answer,
            CompletableFuture<CommandOutcome> outcome) {
        if (answer instanceof ClaimAnswer.Settled) {
            refuse(outcome, Cause.CONFLICT, "no run of " + task.name() + " is in doubt");
        } else if (answer instanceof ClaimAnswer.InDoubt inDoubt) {
            take(decision, task, inDoubt.doubt(), outcome);
        } else {
            refuse(outcome, Cause.UNAVAILABLE, answer.refusal());
        }
    }

    private void take(
            DoubtDecision decision, TaskDefinition task, Doubt doubt, CompletableFuture<CommandOutcome> outcome) {
        var purpose = doubt.intent().purpose();
        if (!purpose.runId().equals(decision.runId())) {
            refuse(outcome, Cause.CONFLICT, "in doubt is " + purpose.runId() + ", not " + decision.runId());
        } else if (doubt.stage() == Doubt.Stage.NOT_DONE) {
            refuse(
                    outcome,
                    Cause.CONFLICT,
                    decision.runId() + " counts as not done already, by "
                            + doubt.finding().by());
        } else {
            ask(
                    ClaimKind.DECISION,
                    task,
                    purpose.runId(),
                    purpose.occurrenceMillis(),
                    doubt.intent().claimId(),
                    (claimId, answer) -> onTaken(decision, task, claimId, answer, outcome));
        }
    }

    private void onTaken(
            DoubtDecision decision,
            TaskDefinition task,
            String claimId,
            ClaimAnswer answer,
            CompletableFuture<CommandOutcome> outcome) {
        if (answer instanceof ClaimAnswer.Granted) {
            var end = ENDS.getOrDefault(decision.verdict(), ClaimEnd.HELD);
            claims.end(
                    claimId,
                    new Ending(end, decision.by(), decision.reason(), System.currentTimeMillis()),
                    () -> readBack(decision, task, outcome));
            return;
        }
        if (!(answer instanceof ClaimAnswer.NotAsked)) {
            claims.release(task.name(), claimId);
        }
        boolean late = answer instanceof ClaimAnswer.Settled || answer instanceof ClaimAnswer.InDoubt;
        refuse(
                outcome,
                late ? Cause.CONFLICT : Cause.UNAVAILABLE,
                late ? "somebody else has settled it at this moment: look again" : answer.refusal());
    }

    /** This node's lease may have ended before the verdict was written, and with it the right to write it. */
    private void readBack(DoubtDecision decision, TaskDefinition task, CompletableFuture<CommandOutcome> outcome) {
        ask(ClaimKind.LOOK, task, "", Purpose.NO_OCCURRENCE, "", (claimId, answer) -> {
            if (!counts(decision, answer)) {
                boolean known = answer instanceof ClaimAnswer.Settled || answer instanceof ClaimAnswer.InDoubt;
                refuse(outcome, known ? Cause.CONFLICT : Cause.UNAVAILABLE, known ? TOO_LATE : NOT_READ_BACK);
                return;
            }
            LOG.info(
                    "decided run={} verdict={} by=\"{}\" reason=\"{}\"",
                    decision.runId(),
                    decision.verdict(),
                    decision.by(),
                    decision.reason());
            outcome.complete(new CommandOutcome.Decided(
                    decision.runId(), STATES.getOrDefault(decision.verdict(), RunState.HELD)));
        });
    }

    private static boolean counts(DoubtDecision decision, ClaimAnswer answer) {
        if (decision.verdict() == DoubtDecision.Verdict.NOT_DONE) {
            return answer instanceof ClaimAnswer.InDoubt inDoubt
                    && inDoubt.doubt().intent().purpose().runId().equals(decision.runId())
                    && inDoubt.doubt().stage() == Doubt.Stage.NOT_DONE;
        }
        return answer instanceof ClaimAnswer.Settled settled
                && settled.lastWord().end() == ENDS.get(decision.verdict())
                && settled.lastWord().by().equals(decision.by());
    }

    private static void refuse(CompletableFuture<CommandOutcome> outcome, Cause cause, String reason) {
        outcome.complete(new CommandOutcome.Refused(cause, reason));
    }
}
