package io.rota.torture.cluster;

import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tasks that the cluster is given. Immutable.
 *
 * @param beatMillis between two beats of a task
 */
public record Workload(List<TaskSpec> tasks, int beatMillis) {
    public Workload {
        tasks = List.copyOf(tasks);
    }

    /** Each level with a quiet task, one that ignores TERM, one that forks, one by the clock. */
    public static Workload mixed(int beatMillis) {
        return new Workload(
                List.of(
                        new TaskSpec("x-plain", true, "plain", 0),
                        new TaskSpec("x-second", true, "plain", 0),
                        new TaskSpec("x-stubborn", true, "stubborn", 0),
                        new TaskSpec("x-forker", true, "forker", 0),
                        new TaskSpec("x-clock", true, "once", 3_000),
                        new TaskSpec("r-plain", false, "plain", 0),
                        new TaskSpec("r-second", false, "plain", 0),
                        new TaskSpec("r-stubborn", false, "stubborn", 0),
                        new TaskSpec("r-forker", false, "forker", 0),
                        new TaskSpec("r-clock", false, "once", 2_000)),
                beatMillis);
    }

    /**
     * Plain services, every other one exclusive.
     *
     * @param first number of the first one
     * @param seed goes into the names, and so into their places on the ring
     */
    public static Workload services(long seed, int first, int count, int beatMillis) {
        var tasks = new ArrayList<TaskSpec>();
        for (int i = first; i < first + count; i++) {
            boolean exclusive = i % 2 == 0;
            tasks.add(new TaskSpec(
                    String.format(Locale.ROOT, "%s-%d-%03d", exclusive ? "x" : "r", seed, i), exclusive, "plain", 0));
        }
        return new Workload(tasks, beatMillis);
    }
}
