package io.rota.torture.handover;

import io.rota.torture.history.Bar;
import io.rota.torture.history.Line;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A run of a task and the next one of it, as the witness saw them. Immutable.
 *
 * @param from the run before
 * @param to the run after it
 */
public record Move(TaskSpec task, Bar from, Bar to) {

    /** All of them, in the order in which the later runs began. */
    public static List<Move> of(List<TaskSpec> tasks, List<Line> lines) {
        var byName = new HashMap<String, TaskSpec>();
        tasks.forEach(task -> byName.put(task.name(), task));
        var latest = new HashMap<String, Bar>();
        var moves = new ArrayList<Move>();
        for (var bar : Bar.of(lines)) {
            var last = latest.put(bar.task(), bar);
            var task = byName.get(bar.task());
            if (last != null && task != null) {
                moves.add(new Move(task, last, bar));
            }
        }
        return moves;
    }

    /** False if it began anew where it was. */
    public boolean isToAnotherNode() {
        return !from.node().equals(to.node());
    }

    /** From the last line of the old run, which a service writes as the answer to TERM, to the first of the new one. */
    public long gapNanos() {
        return to.startNanos() - from.lastNanos();
    }

    /** In words. */
    public String text() {
        return task.name() + " from " + from.node() + " to " + to.node() + " in " + gapNanos() / 1_000_000 + " ms";
    }
}
