package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.view.DoubtView;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one node says about the tasks it is concerned with.
 *
 * @param node its name
 * @param sequence number to ask with next time: the next report then holds only what changed since
 * @param locks state of its lock service, not ready on a node that is no arbiter
 * @param tasks tasks that changed
 * @param doubts all runs in doubt that this node looks into, changed or not
 */
public record NodeReport(
        String node, long sequence, TaskLocks.Status locks, List<TaskReport> tasks, List<DoubtView> doubts) {
    public NodeReport {
        doubts = List.copyOf(doubts);
        tasks = List.copyOf(tasks);
    }

    /** When each task that is planned there is due next, epoch milliseconds. */
    public Map<String, Long> nextDueMillis() {
        var nextDue = new TreeMap<String, Long>();
        tasks.stream()
                .filter(task -> task.nextDueMillis() != 0)
                .forEach(task -> nextDue.put(task.task(), task.nextDueMillis()));
        return nextDue;
    }

    /**
     * One task on that node.
     *
     * @param task task name
     * @param state how it stands there
     * @param reason one sentence behind the state, empty when there is nothing to say
     * @param nextDueMillis when it is due next there, epoch milliseconds; 0 if nothing is planned
     * @param runs the latest runs there, newest first; the output is cut to its last 2 KiB
     */
    public record TaskReport(String task, TaskView.State state, String reason, long nextDueMillis, List<RunView> runs) {
        public TaskReport {
            runs = List.copyOf(runs);
        }
    }
}
