package io.rota.scheduler.run;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.peer.NodeReport.TaskReport;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one line about a task out of what the ring says and what each node reports. Pure. */
final class TaskViews {
    private TaskViews() {}

    /** @param reports what each live member says, this node included */
    static TaskView of(TaskDefinition task, ClusterRing ring, Map<String, TaskReport> reports) {
        var owner = ring.placement().ownerOf(task.name()).orElse("");
        boolean inForce = ring.inForce().tasks().containsKey(task.name());
        var runningOn = reports.entrySet().stream()
                .filter(entry -> entry.getValue().runs().stream()
                        .anyMatch(run -> run.state().isActive()))
                .map(Map.Entry::getKey)
                .toList();
        var own = Optional.ofNullable(reports.get(owner));
        long nextDue = own.map(TaskReport::nextDueMillis).orElse(0L);
        return new TaskView(
                task.name(),
                task.schedule().kind(),
                task.schedule().inWords(),
                task.guarantee(),
                state(owner, inForce, own, runningOn, reports),
                reason(task.name(), ring, inForce, own, runningOn, reports),
                owner,
                ring.placement().standbysOf(task.name(), 2),
                runningOn,
                current(reports).orElse(null),
                nextDue == 0 || task.isService() ? null : Instant.ofEpochMilli(nextDue));
    }

    private static TaskView.State state(
            String owner,
            boolean inForce,
            Optional<TaskReport> own,
            List<String> runningOn,
            Map<String, TaskReport> reports) {
        if (copies(runningOn, reports) > 1) {
            return TaskView.State.DOUBLE_RUN;
        }
        if (owner.isEmpty()) {
            return inForce ? TaskView.State.BLOCKED : TaskView.State.FINISHED;
        }
        return own.map(TaskReport::state).orElse(TaskView.State.UNKNOWN);
    }

    private static String reason(
            String task,
            ClusterRing ring,
            boolean inForce,
            Optional<TaskReport> own,
            List<String> runningOn,
            Map<String, TaskReport> reports) {
        var owner = ring.placement().ownerOf(task).orElse("");
        if (copies(runningOn, reports) > 1) {
            return "runs on " + String.join(" and ", runningOn) + " at the same time";
        }
        if (owner.isEmpty() && !inForce) {
            return "the task file in force does not hold it any more";
        }
        if (owner.isEmpty()) {
            return Eligibility.whyNobody(ring, task);
        }
        return own.map(TaskReport::reason).orElse(owner + " has not reported yet");
    }

    /** Nodes that run it; one that is being stopped does not count. */
    private static long copies(List<String> runningOn, Map<String, TaskReport> reports) {
        return runningOn.stream()
                .filter(node -> Optional.ofNullable(reports.get(node)).stream()
                        .flatMap(report -> report.runs().stream())
                        .anyMatch(run -> run.state() == RunState.RUNNING || run.state() == RunState.STARTING))
                .count();
    }

    private static Optional<RunView> current(Map<String, TaskReport> reports) {
        return reports.values().stream()
                .flatMap(report -> report.runs().stream())
                .filter(run -> run.state() != RunState.SKIPPED && run.state() != RunState.CANCELLED)
                .max(Comparator.comparing((RunView run) -> run.state().isActive())
                        .thenComparing(RunView::due));
    }
}
