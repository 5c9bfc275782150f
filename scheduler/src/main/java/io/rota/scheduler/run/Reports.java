package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.Doubt;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.engine.Engine;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.peer.NodeReport;
import io.rota.scheduler.peer.NodeReport.TaskReport;
import io.rota.scheduler.view.DoubtView;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What this node says about its tasks, numbered so that another node need hear only what changed. A report is remembered
 * per task and gets a new number when it differs. Thread-safe.
 */
public final class Reports {
    private static final int RUNS = 5;
    private static final int OUTPUT_CHARS = 2 * 1024;

    private final String node;
    private final Scheduler scheduler;
    private final Supplier<TaskLocks.Status> locks;
    private final Map<String, Numbered> latest = new HashMap<>();
    private long sequence;

    private record Numbered(long number, TaskReport report) {}

    /** @param locks state of the lock service, not ready on a node that is no arbiter */
    public Reports(String node, Scheduler scheduler, Supplier<TaskLocks.Status> locks) {
        this.locks = locks;
        this.node = node;
        this.scheduler = scheduler;
    }

    /** Everything that changed after this number; everything for 0. */
    public synchronized NodeReport since(long number) {
        refresh();
        var changed = new ArrayList<TaskReport>();
        for (var numbered : latest.values()) {
            if (numbered.number() > number) {
                changed.add(numbered.report());
            }
        }
        return new NodeReport(node, sequence, locks.get(), changed, doubts());
    }

    /** Runs in doubt that this node looks into. */
    List<DoubtView> doubts() {
        var found = new ArrayList<DoubtView>();
        for (var standing : scheduler.standings()) {
            if (standing.doubt() != null && standing.run() != null) {
                found.add(doubt(standing, standing.doubt(), standing.run()));
            }
        }
        return found;
    }

    private DoubtView doubt(Engine.Standing standing, Doubt doubt, Run run) {
        var output = scheduler.history().runs(run.task(), RunHistory.RUNS_PER_TASK, OUTPUT_CHARS).stream()
                .filter(view -> view.runId().equals(run.id()))
                .map(RunView::outputTail)
                .findFirst()
                .orElse("");
        var intent = doubt.intent();
        return new DoubtView(
                run.id(),
                run.task(),
                run.state(),
                intent.lease().node(),
                intent.token(),
                Instant.ofEpochMilli(intent.purpose().askedMillis()),
                node,
                standing.reason(),
                output);
    }

    /** State of this node's lock service. */
    TaskLocks.Status locks() {
        return locks.get();
    }

    private void refresh() {
        for (var standing : scheduler.standings()) {
            var report = report(standing);
            var known = latest.get(report.task());
            if (known == null || !known.report().equals(report)) {
                latest.put(report.task(), new Numbered(++sequence, report));
            }
        }
    }

    private TaskReport report(Engine.Standing standing) {
        var task = standing.task().name();
        return new TaskReport(
                task,
                state(standing),
                standing.reason(),
                standing.nextDueWallMillis(),
                scheduler.history().runs(task, RUNS, OUTPUT_CHARS));
    }

    /** The one word for the table. */
    static TaskView.State state(Engine.Standing standing) {
        return switch (standing.phase()) {
            case ABSENT -> TaskView.State.UNKNOWN;
            case YIELDING, STARTING -> TaskView.State.STARTING;
            case CLAIMING -> standing.reason().isEmpty() ? TaskView.State.STARTING : TaskView.State.BLOCKED;
            case WAITING ->
                standing.failing() && standing.task().isService() ? TaskView.State.BACKOFF : TaskView.State.WAITING;
            case QUEUED -> TaskView.State.WAITING;
            case RETRYING -> TaskView.State.BACKOFF;
            case ENDING -> TaskView.State.STOPPING;
            case IN_DOUBT, PROBING -> TaskView.State.IN_DOUBT;
            case RUNNING -> TaskView.State.RUNNING;
            case STOPPING -> TaskView.State.STOPPING;
            case FINISHED -> TaskView.State.FINISHED;
        };
    }
}
