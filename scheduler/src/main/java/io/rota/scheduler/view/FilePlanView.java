package io.rota.scheduler.view;

import io.rota.scheduler.TaskFileChange;
import java.util.List;

/**
 * What would change if all nodes held another task file; nothing has changed.
 *
 * @param node whose file it was compared with
 * @param inForce true if that file is the one in force
 * @param revision of that file
 * @param change task by task
 * @param moves tasks that would have another owner, by name; from or to nowhere where a task comes or goes
 * @param blocked tasks of the file that no node could run, and that one can run now
 */
public record FilePlanView(
        String node,
        boolean inForce,
        long revision,
        TaskFileChange change,
        List<PlanView.Move> moves,
        List<DrainView.Blocked> blocked) {
    public FilePlanView {
        moves = List.copyOf(moves);
        blocked = List.copyOf(blocked);
    }
}
