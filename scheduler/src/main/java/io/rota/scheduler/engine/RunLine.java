package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The runs of a task that are due while others are under way: whether they wait, are skipped, run beside them or take
 * their place is the task's overlap policy. Confined to the engine's thread.
 */
final class RunLine {
    /** Most runs that wait for those before them. */
    static final int MOST_WAITING = 100;

    private final TaskDefinition task;
    private final RunLanes lanes;
    private final Effect.Sink effects;
    private final Deque<Run> waiting = new ArrayDeque<>();

    RunLine(TaskDefinition task, RunLanes lanes, Effect.Sink effects) {
        this.task = task;
        this.lanes = lanes;
        this.effects = effects;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** True if the first that waits can begin. */
    boolean isReady() {
        return !waiting.isEmpty() && lanes.isIdle();
    }

    boolean holds(String runId) {
        return waiting.stream().anyMatch(run -> run.id().equals(runId));
    }

    /**
     * A run is due.
     *
     * @param claimUntilWallMillis without a claim by then it is given up
     */
    void offer(Moment now, long claimUntilWallMillis, Run run) {
        if (lanes.isIdle() && waiting.isEmpty()) {
            begin(now, claimUntilWallMillis, run);
            return;
        }
        switch (task.policy().overlap()) {
            case SKIP -> end(now, run, RunState.SKIPPED, "the run before it is still under way (overlap: skip)");
            case QUEUE -> enqueue(now, run);
            case REPLACE -> replace(now, run);
            case ALLOW -> beside(now, claimUntilWallMillis, run);
        }
    }

    /** The run waits for those before it, whatever the policy says. */
    void enqueue(Moment now, Run run) {
        if (waiting.size() >= MOST_WAITING) {
            end(now, run, RunState.SKIPPED, MOST_WAITING + " occurrences before it wait already");
            return;
        }
        effects.add(new Effect.KeepRun(run));
        var queued = run.become(RunState.QUEUED, "");
        effects.add(new Effect.KeepRun(queued));
        waiting.addLast(queued);
    }

    /** Begins the first that waits, if it can. */
    void next(Moment now, long claimUntilWallMillis) {
        if (isReady()) {
            lanes.begin(now, waiting.removeFirst(), claimUntilWallMillis);
        }
    }

    /** None of those that wait will begin here. */
    void cancel(Moment now, String why) {
        waiting.forEach(run -> end(now, run, RunState.CANCELLED, why));
        waiting.clear();
    }

    private void replace(Moment now, Run next) {
        waiting.forEach(run -> end(now, run, RunState.SKIPPED, StopCause.REPLACED.reason()));
        waiting.clear();
        lanes.stop(StopCause.REPLACED);
        lanes.abandon(now, StopCause.REPLACED.reason());
        enqueue(now, next);
    }

    private void beside(Moment now, long claimUntilWallMillis, Run run) {
        if (lanes.isFull()) {
            end(now, run, RunState.SKIPPED, RunLanes.MOST + " runs before it are still under way");
        } else {
            begin(now, claimUntilWallMillis, run);
        }
    }

    private void begin(Moment now, long claimUntilWallMillis, Run run) {
        effects.add(new Effect.KeepRun(run));
        lanes.begin(now, run, claimUntilWallMillis);
    }

    private void end(Moment now, Run run, RunState terminal, String why) {
        effects.add(new Effect.KeepRun(run.ended(terminal, why, Integer.MIN_VALUE, now.wallMillis())));
    }
}
