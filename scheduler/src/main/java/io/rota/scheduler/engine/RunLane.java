package io.rota.scheduler.engine;

import io.rota.hashing.XxHash64;
import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.ClaimEnd;
import io.rota.scheduler.arbitration.Ending;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task after the other, each from its begin to its terminal record: claim (exclusive tasks), start, watch,
 * stop, try again. It knows nothing of schedules. Confined to the engine's thread.
 */
final class RunLane {
    private static final int NO_CODE = Integer.MIN_VALUE;
    /** Exit code that stands for a process that could not be started, as in a shell. */
    private static final int NOT_STARTED_CODE = 127;

    private static final int KILLED_CODE = 137;
    /** At level once every other end of a process leaves a doubt. */
    private static final Set<RunState> ENDED_BY_ITSELF =
            EnumSet.of(RunState.SUCCEEDED, RunState.FAILED, RunState.TIMED_OUT);

    private final TaskDefinition task;
    private final Effect.Sink effects;
    private final Claiming claim;
    private final Admission admission;
    private final Listener listener;

    private Phase phase = Phase.ABSENT;
    private String reason = "";
    private @Nullable Run run;
    private @Nullable StopCause stopCause;
    /** The run as it has ended, while a majority of the books has not heard of it. */
    private @Nullable Run ending;
    /** Why this run gets no further try and no claim; empty while it may. */
    private String abandoned = "";

    private long notBeforeNanos;
    private long timeoutNanos;
    private long claimUntilWallMillis;

    /** Hears the end of each run. */
    interface Listener {
        void ended(Moment now, Run run, long ranMillis);
    }

    RunLane(String claimant, TaskDefinition task, Effect.Sink effects, Admission admission, Listener listener) {
        this.admission = admission;
        this.task = task;
        this.effects = effects;
        this.claim = new Claiming(claimant, task, effects);
        this.listener = listener;
    }

    /** {@link Phase#ABSENT} between two runs. */
    Phase phase() {
        return phase;
    }

    String reason() {
        return reason;
    }

    @Nullable
    Run run() {
        return run;
    }

    String claimId() {
        return claim.claimId();
    }

    /** True while a process of the run may exist or a claim may be granted: the lease it lives by must not change. */
    boolean livesByLease() {
        return task.isExclusive()
                && phase.isBusy()
                && phase != Phase.ENDING
                && (phase != Phase.CLAIMING || claim.isAsked());
    }

    /**
     * Begins a run.
     *
     * @param claimUntilWallMillis without a claim by then it is given up
     */
    void begin(Moment now, Run due, long claimUntilWallMillis) {
        this.run = due;
        this.claimUntilWallMillis = claimUntilWallMillis;
        this.abandoned = "";
        enter(now);
    }

    /** Begins a try, once the node has room for it. */
    private void enter(Moment now) {
        if (task.isService() || admission.admit(now, this, current(), task.share())) {
            claimOrStart(now);
            return;
        }
        phase = Phase.QUEUED;
        reason = admission.reason();
        if (current().state() == RunState.DUE) {
            run = current().become(RunState.QUEUED, reason);
            effects.add(new Effect.KeepRun(run));
        }
    }

    /** The node has room for the run. */
    void admitted(Moment now) {
        claimOrStart(now);
    }

    String task() {
        return task.name();
    }

    private void claimOrStart(Moment now) {
        reason = "";
        if (task.isExclusive()) {
            phase = Phase.CLAIMING;
            claim.ask(now, current());
        } else {
            start(now);
        }
    }

    private void start(Moment now) {
        phase = Phase.STARTING;
        reason = "";
        run = current().starting();
        timeoutNanos = now.nanosAfterMillis(task.policy().timeout().toMillis());
        effects.add(new Effect.KeepRun(run));
        effects.add(new Effect.StartRun(run, task));
    }

    /** Stops the process, if there is one. */
    void stop(StopCause cause) {
        if (phase != Phase.STARTING && phase != Phase.RUNNING) {
            return;
        }
        phase = Phase.STOPPING;
        stopCause = cause;
        reason = cause.reason();
        run = current().become(RunState.STOPPING, cause.reason());
        effects.add(new Effect.KeepRun(run));
        effects.add(new Effect.StopRun(run.id(), task.stopGrace()));
    }

    /** Nothing new starts for this run; a process that is up goes on. */
    void abandon(Moment now, String why) {
        if (phase == Phase.ABSENT) {
            return;
        }
        abandoned = why;
        if (phase == Phase.RETRYING || phase == Phase.QUEUED || (phase == Phase.CLAIMING && !claim.isAsked())) {
            giveUp(now, why);
        }
    }

    /** When {@link #tick} has work to do, on the monotonic clock; {@link Long#MAX_VALUE} for never. */
    long wakeNanos() {
        return switch (phase) {
            case CLAIMING -> claim.isAsked() ? Long.MAX_VALUE : notBeforeNanos;
            case RETRYING -> notBeforeNanos;
            case STARTING, RUNNING -> task.policy().timeout().isZero() ? Long.MAX_VALUE : timeoutNanos;
            case ABSENT, YIELDING, WAITING, QUEUED, STOPPING, ENDING, IN_DOUBT, PROBING, FINISHED -> Long.MAX_VALUE;
        };
    }

    void tick(Moment now) {
        long wake = wakeNanos();
        if (wake == Long.MAX_VALUE || now.nanos() - wake < 0) {
            return;
        }
        if (phase == Phase.STARTING || phase == Phase.RUNNING) {
            stop(StopCause.TIMEOUT);
        } else if (phase == Phase.CLAIMING && now.wallMillis() >= claimUntilWallMillis) {
            giveUp(now, "no claim before the next occurrence: " + reason);
        } else if (phase == Phase.CLAIMING) {
            claim.ask(now, current());
        } else {
            enter(now);
        }
    }

    /** The end of a run that has no process: what failed before is its end, else it is skipped or cancelled. */
    private void giveUp(Moment now, String why) {
        if (current().state() == RunState.RESOLVED_NOT_DONE) {
            // It is owed all the same: the next owner reads that in the books.
            finish(now, RunState.HANDED_OVER, why, NO_CODE);
            return;
        }
        boolean first = current().attempt() == 1;
        var terminal = abandoned.isEmpty() ? RunState.SKIPPED : RunState.CANCELLED;
        finish(now, first ? terminal : RunState.FAILED, first ? why : "no further try: " + why, NO_CODE);
    }

    // ---- what others say

    void onClaimAnswered(Moment now, ClaimAnswer answer) {
        claim.answered();
        if (answer instanceof ClaimAnswer.Granted granted && abandoned.isEmpty()) {
            run = current().claimed(task.isOnce() ? RunState.INTENT : RunState.CLAIMED, granted.token());
            effects.add(new Effect.KeepRun(run));
            start(now);
            return;
        }
        // Whatever the arbiters answered, a late write of theirs may still be on its way: this try is given up by name.
        if (answer instanceof ClaimAnswer.NotAsked) {
            claim.forget();
        } else {
            claim.release();
        }
        if (!abandoned.isEmpty()) {
            giveUp(now, abandoned);
        } else if (answer instanceof ClaimAnswer.Settled) {
            giveUp(now, answer.refusal());
        } else {
            reason = answer.refusal();
            notBeforeNanos = now.nanosAfterMillis(Claiming.RETRY_MILLIS);
        }
    }

    /** A majority of the books has heard how the claim ended. */
    void onClaimEnded(Moment now) {
        if (phase == Phase.ENDING && ending != null) {
            claim.forget();
            conclude(now, ending);
        }
    }

    boolean isAbout(RunEvent event) {
        return run != null && run.id().equals(event.runId()) && run.state().isActive() && phase != Phase.ENDING;
    }

    void onRunEvent(Moment now, RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            onStarted(now, started.pid());
        } else if (event instanceof RunEvent.Ended ended) {
            onEnded(now, ended.exitCode(), ended.reason());
        } else if (event instanceof RunEvent.NotStarted notStarted) {
            failed(now, RunState.FAILED, notStarted.reason(), NOT_STARTED_CODE);
        } else if (event instanceof RunEvent.NotStopped notStopped) {
            onNotStopped(notStopped.reason());
        } else if (event instanceof RunEvent.GuardLost) {
            finish(now, RunState.LOST, "the guard died, and the process with it", KILLED_CODE);
        } else {
            throw new IllegalStateException("unknown event " + event);
        }
    }

    private void onStarted(Moment now, long pid) {
        if (phase == Phase.STARTING) {
            phase = Phase.RUNNING;
            run = current().running(pid, now.wallMillis());
            effects.add(new Effect.KeepRun(run));
        }
    }

    /** It stays busy, so that no other node starts the task beside it. */
    private void onNotStopped(String why) {
        if (phase == Phase.STOPPING) {
            reason = why;
            run = current().because(why);
            effects.add(new Effect.KeepRun(run));
        }
    }

    private void onEnded(Moment now, int exitCode, String why) {
        boolean seen = current().state() == RunState.RUNNING;
        if (stopCause == StopCause.TIMEOUT) {
            failed(now, RunState.TIMED_OUT, stopCause.reason(), exitCode);
        } else if (stopCause != null) {
            finish(now, stopCause.terminal(), stopCause.reason(), exitCode);
        } else if (seen && why.isEmpty() && task.policy().isSuccess(exitCode)) {
            finish(now, RunState.SUCCEEDED, "", exitCode);
        } else {
            var known = why.isEmpty() ? "ended with code " + exitCode : why;
            failed(now, RunState.FAILED, known + (seen ? "" : " before it was seen running"), exitCode);
        }
    }

    private void failed(Moment now, RunState terminal, String why, int exitCode) {
        var retries = task.policy().retries();
        int attempt = current().attempt();
        if (attempt > retries.max() || !abandoned.isEmpty() || task.isService()) {
            finish(now, terminal, why, exitCode);
            return;
        }
        long delay = retries.delayMillis(attempt, chance(attempt));
        run = current()
                .retrying(
                        "try " + attempt + " of " + (retries.max() + 1) + ": " + why + "; next in " + delay + " ms",
                        exitCode);
        effects.add(new Effect.KeepRun(run));
        claim.release();
        admission.leave(this);
        stopCause = null;
        reason = run.reason();
        phase = Phase.RETRYING;
        notBeforeNanos = now.nanosAfterMillis(delay);
    }

    /** A number in [0, 1) that is the same in every repetition of a simulation. */
    private double chance(int attempt) {
        return (XxHash64.hash(current().id() + "#" + attempt) >>> 11) * 0x1.0p-53;
    }

    private void finish(Moment now, RunState terminal, String why, int exitCode) {
        boolean started = current().state().isActive();
        boolean cutOff = started && task.isOnce() && !ENDED_BY_ITSELF.contains(terminal);
        var ended = current().ended(cutOff ? RunState.IN_DOUBT : terminal, why, exitCode, now.wallMillis());
        stopCause = null;
        if (!started || !task.isExclusive()) {
            claim.release();
            conclude(now, ended);
            return;
        }
        claim.end(new Ending(ClaimEnd.of(ended.state()), "", why, now.wallMillis()));
        if (task.isOnce()) {
            // Until a majority has heard it, a crash of this node would put the run in doubt: it has not ended before.
            ending = ended;
            phase = Phase.ENDING;
            reason = "a majority of the books must hear how it ended";
        } else {
            claim.forget();
            conclude(now, ended);
        }
    }

    private void conclude(Moment now, Run ended) {
        long started = ended.startedWallMillis();
        run = ended;
        effects.add(new Effect.KeepRun(ended));
        admission.leave(this);
        reason = ended.reason();
        phase = Phase.ABSENT;
        listener.ended(now, ended, started == 0 ? 0 : now.wallMillis() - started);
    }

    private Run current() {
        if (run == null) {
            throw new IllegalStateException("task " + task.name() + " has no run in phase " + phase);
        }
        return run;
    }
}
