package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs of a service: one after the other, with a backoff while they fail. Confined to the engine's thread. */
final class ServiceRuns implements TaskRuns {
    static final String NOT_PERMITTED = "this node may not run the task any more";

    private final TaskDefinition task;
    private final Effect.Sink effects;
    private final RunLane lane;

    /** {@link Phase#ABSENT}, {@link Phase#WAITING} or {@link Phase#FINISHED}; what counts between two runs. */
    private Phase between = Phase.ABSENT;

    private boolean permitted;
    private long notBeforeNanos;
    private long dueWallMillis;
    private int failures;

    ServiceRuns(String claimant, TaskDefinition task, Effect.Sink effects) {
        this.task = task;
        this.effects = effects;
        this.lane = new RunLane(claimant, task, effects, this::ended);
    }

    @Override
    public Phase phase() {
        return lane.phase() == Phase.ABSENT ? between : lane.phase();
    }

    @Override
    public String reason() {
        return phase() == Phase.ABSENT ? "" : lane.reason();
    }

    @Override
    public @Nullable Run run() {
        return lane.run();
    }

    @Override
    public Set<String> claimIds() {
        return lane.claimId().isEmpty() ? Set.of() : Set.of(lane.claimId());
    }

    @Override
    public boolean livesByLease() {
        return lane.livesByLease();
    }

    @Override
    public boolean isFailing() {
        return failures > 0;
    }

    @Override
    public long dueWallMillis() {
        return phase() == Phase.ABSENT || phase() == Phase.FINISHED ? 0 : dueWallMillis;
    }

    @Override
    public void permit(Moment now) {
        permitted = true;
        if (phase() == Phase.ABSENT) {
            plan(now, 0);
        }
    }

    @Override
    public void forbid(Moment now) {
        permitted = false;
        between = Phase.ABSENT;
        lane.abandon(now, NOT_PERMITTED);
    }

    @Override
    public void stop(Moment now, StopCause cause) {
        lane.stop(cause);
    }

    @Override
    public long wakeNanos(Moment now) {
        return phase() == Phase.WAITING ? notBeforeNanos : lane.wakeNanos();
    }

    @Override
    public void tick(Moment now) {
        if (phase() == Phase.WAITING && now.nanos() - notBeforeNanos >= 0) {
            var run = Run.due(task.name(), RunOrigin.instant(dueWallMillis), dueWallMillis);
            effects.add(new Effect.KeepRun(run));
            lane.begin(now, run, Long.MAX_VALUE);
        } else {
            lane.tick(now);
        }
    }

    @Override
    public void onClaimAnswered(Moment now, String claimId, ClaimAnswer answer) {
        lane.onClaimAnswered(now, answer);
    }

    @Override
    public void onRunEvent(Moment now, RunEvent event) {
        if (lane.isAbout(event)) {
            lane.onRunEvent(now, event);
        }
    }

    private void ended(Moment now, Run run, long ranMillis) {
        boolean bad = run.state() == RunState.FAILED || run.state() == RunState.LOST;
        failures = bad ? Backoff.failuresAfter(failures, ranMillis) : 0;
        between = Phase.ABSENT;
        if (!permitted) {
            return;
        }
        if (run.exit().isEmpty() || task.restart().restartsAfter(run.exitCode())) {
            plan(now, Backoff.delayMillis(failures));
        } else {
            between = Phase.FINISHED;
        }
    }

    private void plan(Moment now, long delayMillis) {
        between = Phase.WAITING;
        notBeforeNanos = now.nanosAfterMillis(delayMillis);
        dueWallMillis = now.wallMillis() + delayMillis;
    }
}
