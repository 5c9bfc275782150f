package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one task on this node, one after the other: wait until due, claim (exclusive tasks), start, watch, stop,
 * plan the next. It runs only while permitted; a run under way when the permission ends goes on until it is stopped or
 * ends by itself. Confined to the engine's thread.
 */
final class RunCycle {
    /** A claim that was refused is asked for again after this long, so a takeover waits no longer than this. */
    static final long CLAIM_RETRY_MILLIS = 200;

    private static final String NOT_PERMITTED = "this node may not run the task any more";

    private final String claimant;
    private final TaskDefinition task;
    private final Effect.Sink effects;

    private Phase phase = Phase.ABSENT;
    private boolean permitted;
    private long notBeforeNanos;
    private long dueWallMillis;
    private int failures;
    private int claimTries;
    private String claimId = "";
    private boolean claimAsked;
    private String reason = "";
    private @Nullable Run run;
    private @Nullable StopCause stopCause;

    RunCycle(String claimant, TaskDefinition task, Effect.Sink effects) {
        this.claimant = claimant;
        this.task = task;
        this.effects = effects;
    }

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
        return claimId;
    }

    long dueWallMillis() {
        return phase == Phase.ABSENT || phase == Phase.FINISHED ? 0 : dueWallMillis;
    }

    /** True while a process of the run may exist or a claim may be granted: the lease it lives by must not change. */
    boolean livesByLease() {
        return task.isExclusive() && phase.isBusy() && (phase != Phase.CLAIMING || claimAsked);
    }

    boolean isFailing() {
        return failures > 0;
    }

    /** From now on it may run. */
    void permit(Moment now) {
        permitted = true;
        if (phase == Phase.ABSENT) {
            plan(now, 0);
        }
    }

    /** From now on nothing new may start; what runs goes on. */
    void forbid(Moment now) {
        permitted = false;
        if (phase == Phase.CLAIMING && !claimAsked) {
            end(RunState.CANCELLED, NOT_PERMITTED, now);
        }
        if (!phase.isBusy()) {
            phase = Phase.ABSENT;
            reason = "";
        }
    }

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

    /** When {@link #tick} has work to do, on the monotonic clock; {@link Long#MAX_VALUE} for never. */
    long wakeNanos(Moment now) {
        return switch (phase) {
            case WAITING -> Math.max(notBeforeNanos, now.nanosAfterMillis(dueWallMillis - now.wallMillis()));
            case CLAIMING -> claimAsked ? Long.MAX_VALUE : notBeforeNanos;
            case STARTING, RUNNING, STOPPING ->
                task.schedule() instanceof Schedule.Every every
                        ? now.nanosAfterMillis(every.nextAfter(dueWallMillis) - now.wallMillis())
                        : Long.MAX_VALUE;
            case ABSENT, YIELDING, FINISHED -> Long.MAX_VALUE;
        };
    }

    void tick(Moment now) {
        if (now.nanos() - wakeNanos(now) < 0) {
            return;
        }
        if (phase == Phase.WAITING) {
            begin();
        } else if (phase == Phase.CLAIMING && !claimAsked) {
            askClaimOrGiveUp(now);
        } else if (phase.isBusy() && task.schedule() instanceof Schedule.Every every) {
            skip(every, "the run before it is still under way (overlap: skip)");
        }
    }

    private void plan(Moment now, long delayMillis) {
        phase = Phase.WAITING;
        notBeforeNanos = now.nanosAfterMillis(delayMillis);
        dueWallMillis = task.schedule() instanceof Schedule.Every every
                ? every.nextAfter(now.wallMillis())
                : now.wallMillis() + delayMillis;
    }

    private void begin() {
        reason = "";
        run = Run.due(runId(dueWallMillis), task.name(), dueWallMillis);
        effects.add(new Effect.KeepRun(run));
        if (task.isExclusive()) {
            phase = Phase.CLAIMING;
            askClaim();
        } else {
            start();
        }
    }

    private void start() {
        phase = Phase.STARTING;
        reason = "";
        run = current().become(RunState.STARTING, "");
        effects.add(new Effect.KeepRun(run));
        effects.add(new Effect.StartRun(run, task));
    }

    private void skip(Schedule.Every every, String why) {
        dueWallMillis = every.nextAfter(dueWallMillis);
        effects.add(new Effect.KeepRun(
                Run.due(runId(dueWallMillis), task.name(), dueWallMillis).become(RunState.SKIPPED, why)));
    }

    private String runId(long dueMillis) {
        return task.name() + "@" + Instant.ofEpochMilli(dueMillis);
    }

    // ---- claims

    private void askClaimOrGiveUp(Moment now) {
        if (task.schedule() instanceof Schedule.Every every && now.wallMillis() >= every.nextAfter(dueWallMillis)) {
            end(RunState.SKIPPED, "no claim before the next occurrence: " + reason, now);
            plan(now, 0);
        } else {
            askClaim();
        }
    }

    private void askClaim() {
        claimTries++;
        // A count that never begins again in this boot: no step of the wall clock gives two tries one name.
        claimId = claimant + "/" + current().id() + "/" + claimTries;
        claimAsked = true;
        effects.add(new Effect.AskClaim(claimId, task, current().id()));
    }

    void onClaimAnswered(Moment now, ClaimAnswer answer) {
        claimAsked = false;
        if (answer instanceof ClaimAnswer.Granted granted) {
            onGranted(now, granted.token());
        } else if (answer instanceof ClaimAnswer.Held held) {
            retryClaim(now, held.reason());
        } else if (answer instanceof ClaimAnswer.NotAsked notAsked) {
            claimId = "";
            retryClaim(now, notAsked.reason());
        } else if (answer instanceof ClaimAnswer.Unavailable unavailable) {
            retryClaim(now, unavailable.reason());
        } else {
            throw new IllegalStateException("unknown answer " + answer);
        }
    }

    private void onGranted(Moment now, long token) {
        if (permitted) {
            run = current().claimed(token);
            effects.add(new Effect.KeepRun(run));
            start();
        } else {
            releaseClaim();
            end(RunState.CANCELLED, NOT_PERMITTED, now);
        }
    }

    private void retryClaim(Moment now, String why) {
        // Whatever the arbiters answered, a late write of theirs may still be on its way: this try is given up by name.
        releaseClaim();
        reason = why;
        notBeforeNanos = now.nanosAfterMillis(CLAIM_RETRY_MILLIS);
        if (!permitted) {
            end(RunState.CANCELLED, NOT_PERMITTED, now);
        }
    }

    private void releaseClaim() {
        if (!claimId.isEmpty()) {
            effects.add(new Effect.ReleaseClaim(claimId, task.name()));
            claimId = "";
        }
    }

    // ---- what the guard reports

    void onRunEvent(Moment now, RunEvent event) {
        if (run == null || !run.id().equals(event.runId()) || run.state().isTerminal()) {
            return;
        }
        if (event instanceof RunEvent.Started started) {
            onStarted(now, started.pid());
        } else if (event instanceof RunEvent.Ended ended) {
            onEnded(now, ended.exitCode());
        } else if (event instanceof RunEvent.NotStarted notStarted) {
            finish(now, RunState.FAILED, notStarted.reason(), 127);
        } else if (event instanceof RunEvent.GuardLost) {
            finish(now, RunState.LOST, "the guard died, and the process with it", 137);
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

    private void onEnded(Moment now, int exitCode) {
        if (stopCause != null) {
            finish(now, stopCause.terminal(), stopCause.reason(), exitCode);
        } else if (current().state() == RunState.STARTING) {
            finish(now, RunState.FAILED, "ended with code " + exitCode + " before it was seen running", exitCode);
        } else if (exitCode == 0) {
            finish(now, RunState.SUCCEEDED, "", 0);
        } else {
            finish(now, RunState.FAILED, "ended with code " + exitCode, exitCode);
        }
    }

    private void finish(Moment now, RunState terminal, String why, int exitCode) {
        long ranMillis = current().startedWallMillis() == 0
                ? 0
                : now.wallMillis() - current().startedWallMillis();
        run = current().ended(terminal, why, exitCode, now.wallMillis());
        effects.add(new Effect.KeepRun(run));
        releaseClaim();
        stopCause = null;
        reason = why;
        phase = Phase.ABSENT;
        if (permitted) {
            planNext(now, terminal, exitCode, ranMillis);
        }
    }

    private void planNext(Moment now, RunState terminal, int exitCode, long ranMillis) {
        boolean bad = terminal == RunState.FAILED || terminal == RunState.LOST;
        failures = bad ? Backoff.failuresAfter(failures, ranMillis) : 0;
        if (!task.isService()) {
            plan(now, 0);
        } else if (task.restart().restartsAfter(exitCode)) {
            plan(now, Backoff.delayMillis(failures));
        } else {
            phase = Phase.FINISHED;
        }
    }

    private void end(RunState terminal, String why, Moment now) {
        run = current().ended(terminal, why, Integer.MIN_VALUE, now.wallMillis());
        effects.add(new Effect.KeepRun(run));
        phase = Phase.ABSENT;
    }

    private Run current() {
        if (run == null) {
            throw new IllegalStateException("task " + task.name() + " has no run in phase " + phase);
        }
        return run;
    }
}
