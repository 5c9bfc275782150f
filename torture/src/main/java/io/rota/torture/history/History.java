package io.rota.torture.history;

import java.util.List;
import java.util.Optional;

/**
 * All that is known of a run of the harness. Immutable.
 *
 * @param lines of the witness, in the order of their appends
 * @param tornLines lines of the witness that could not be read
 * @param locks how the lock group came back after the last round; empty if it was not waited for
 */
public record History(
        List<TaskSpec> tasks,
        List<Line> lines,
        int tornLines,
        List<FaultWindow> faults,
        List<Settle> settles,
        Optional<Settle> locks,
        NodeRecords nodes) {

    /** What was seen of the nodes from outside. */
    public record NodeRecords(List<NodeLife> lives, List<Sighting> sightings, List<LogError> errors) {
        public NodeRecords {
            lives = List.copyOf(lives);
            sightings = List.copyOf(sightings);
            errors = List.copyOf(errors);
        }
    }

    public History {
        tasks = List.copyOf(tasks);
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
        settles = List.copyOf(settles);
    }

    /** The lines of one task. */
    public List<Line> linesOf(TaskSpec task) {
        return lines.stream().filter(line -> line.task().equals(task.name())).toList();
    }

    /** The life of the node that bore this boot; empty if the witness wrote nothing in it. */
    public Optional<NodeLife> lifeOf(String boot) {
        return lines.stream()
                .filter(line -> line.boot().equals(boot) && line.event() == Event.START)
                .findFirst()
                .flatMap(first -> nodes.lives().stream()
                        .filter(life -> life.node().equals(first.node()))
                        .filter(life -> life.covers(first.atNanos()))
                        .findFirst());
    }

    /** True if node and guard of this boot were killed together: grandchildren may then live on, as documented. */
    public boolean lostWithGuard(String boot) {
        return lifeOf(boot)
                .filter(life -> life.end() == NodeLife.End.KILLED_WITH_GUARD)
                .isPresent();
    }

    /** When the faults of a round had healed and the cluster had come to rest; the heal alone if it never did. */
    public long calmAfter(FaultWindow window, long limitNanos) {
        return settles.stream()
                .filter(settle -> settle.round() == window.round())
                .mapToLong(Settle::untilNanos)
                .findFirst()
                .orElse(window.healNanos() + limitNanos);
    }
}
