package io.rota.scheduler.engine;

import io.rota.hashing.XxHash64;
import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
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

    private final TaskDefinition task;
    private final Effect.Sink effects;
    private final Claiming claim;
    private final Listener listener;

    private Phase phase = Phase.ABSENT;
    private String reason = "";
    private @Nullable Run run;
    private @Nullable StopCause stopCause;
    /** Why this run gets no further try and no claim; empty while it may. */
    private String abandoned = "";

    private long notBeforeNanos;
    private long timeoutNanos;
    private long claimUntilWallMillis;

    /** Hears the end of each run. */
    interface Listener {
        void ended(Moment now, Run run, long ranMillis);
    }

    RunLane(String claimant, TaskDefinition task, Effect.Sink effects, Listener listener) {
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
        return task.isExclusive() && phase.isBusy() && (phase != Phase.CLAIMING || claim.isAsked());
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
        claimOrStart(now);
    }

    private void claimOrStart(Moment now) {
        reason = "";
        if (task.isExclusive()) {
            phase = Phase.CLAIMING;
            claim.ask(now, current().id());
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
        if (phase == Phase.RETRYING || (phase == Phase.CLAIMING && !claim.isAsked())) {
            giveUp(now, why);
        }
    }

    /** When {@link #tick} has work to do, on the monotonic clock; {@link Long#MAX_VALUE} for never. */
    long wakeNanos() {
        return switch (phase) {
            case CLAIMING -> claim.isAsked() ? Long.MAX_VALUE : notBeforeNanos;
            case RETRYING -> notBeforeNanos;
            case STARTING, RUNNING -> task.policy().timeout().isZero() ? Long.MAX_VALUE : timeoutNanos;
            case ABSENT, YIELDING, WAITING, STOPPING, FINISHED -> Long.MAX_VALUE;
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
            claim.ask(now, current().id());
        } else {
            claimOrStart(now);
        }
    }

    /** The end of a run that has no process: what failed before is its end, else it is skipped or cancelled. */
    private void giveUp(Moment now, String why) {
        boolean first = current().attempt() == 1;
        var terminal = abandoned.isEmpty() ? RunState.SKIPPED : RunState.CANCELLED;
        finish(now, first ? terminal : RunState.FAILED, first ? why : "no further try: " + why, NO_CODE);
    }

    // ---- what others say

    void onClaimAnswered(Moment now, ClaimAnswer answer) {
        claim.answered();
        if (answer instanceof ClaimAnswer.Granted granted && abandoned.isEmpty()) {
            run = current().claimed(granted.token());
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
        } else {
            reason = refusal(answer);
            notBeforeNanos = now.nanosAfterMillis(Claiming.RETRY_MILLIS);
        }
    }

    private static String refusal(ClaimAnswer answer) {
        if (answer instanceof ClaimAnswer.Held held) {
            return held.reason();
        }
        if (answer instanceof ClaimAnswer.Unavailable unavailable) {
            return unavailable.reason();
        }
        if (answer instanceof ClaimAnswer.NotAsked notAsked) {
            return notAsked.reason();
        }
        if (answer instanceof ClaimAnswer.Granted) {
            return "granted too late";
        }
        throw new IllegalStateException("unknown answer " + answer);
    }

    boolean isAbout(RunEvent event) {
        return run != null && run.id().equals(event.runId()) && run.state().isActive();
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
        } else if (seen && task.policy().isSuccess(exitCode)) {
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
        var ended = current().ended(terminal, why, exitCode, now.wallMillis());
        long started = ended.startedWallMillis();
        run = ended;
        effects.add(new Effect.KeepRun(ended));
        claim.release();
        stopCause = null;
        reason = why;
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
