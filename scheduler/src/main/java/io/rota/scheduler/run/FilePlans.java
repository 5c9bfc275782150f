package io.rota.scheduler.run;

import io.rota.hashing.Moves;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskFileChange;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.FileOutline;
import io.rota.scheduler.view.FilePlanView;
import io.rota.scheduler.view.PlanView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What another task file would change, on the nodes that are there now. Pure. */
final class FilePlans {
    private FilePlans() {}

    /**
     * Compares.
     *
     * @param node the node that compares
     * @param own its file
     */
    static FilePlanView of(ClusterRing ring, String node, TaskFile own, FileOutline next) {
        var after = ClusterRing.of(
                ring.view(),
                FileInForce.of(
                        next.tasks().stream().map(FileOutline.Task::outline).toList()));
        return new FilePlanView(
                node,
                ring.inForce().digest() == own.digest(),
                own.revision(),
                change(own, next),
                Moves.between(ring.placement(), after.placement()).all().stream()
                        .map(move -> new PlanView.Move(move.taskId(), move.from(), move.to()))
                        .sorted(Comparator.comparing(PlanView.Move::task))
                        .toList(),
                blocked(ring, after));
    }

    /** As {@link TaskFileChange#between} tells it of two whole files. */
    private static TaskFileChange change(TaskFile own, FileOutline next) {
        var old = new TreeMap<String, TaskDefinition>();
        own.tasks().forEach(task -> old.put(task.name(), task));
        var added = new ArrayList<String>();
        var restarted = new ArrayList<String>();
        var changed = new ArrayList<String>();
        for (var task : next.tasks()) {
            var was = old.remove(task.outline().name());
            if (was == null) {
                added.add(task.outline().name());
            } else if (was.isService() && was.processFingerprint() != task.process()) {
                restarted.add(was.name());
            } else if (!TaskOutline.of(was).equals(task.outline())) {
                changed.add(was.name());
            }
        }
        return new TaskFileChange(added, List.copyOf(old.keySet()), restarted, changed);
    }

    private static List<DrainView.Blocked> blocked(ClusterRing before, ClusterRing after) {
        return after.placement().unownedTasks().stream()
                .filter(task -> !before.placement().unownedTasks().contains(task))
                .sorted()
                .map(task -> new DrainView.Blocked(task, Eligibility.whyNobody(after, task)))
                .toList();
    }
}
