package io.rota.torture.cluster;

import io.rota.torture.history.TaskSpec;
import java.util.List;

/** The tasks that the cluster is given: each level with a quiet one, one that ignores TERM, one that forks, one by the clock. */
public final class Workload {
    private Workload() {}

    /** The tasks. */
    public static List<TaskSpec> tasks() {
        return List.of(
                new TaskSpec("x-plain", true, "plain", 0),
                new TaskSpec("x-second", true, "plain", 0),
                new TaskSpec("x-stubborn", true, "stubborn", 0),
                new TaskSpec("x-forker", true, "forker", 0),
                new TaskSpec("x-clock", true, "once", 3_000),
                new TaskSpec("r-plain", false, "plain", 0),
                new TaskSpec("r-second", false, "plain", 0),
                new TaskSpec("r-stubborn", false, "stubborn", 0),
                new TaskSpec("r-forker", false, "forker", 0),
                new TaskSpec("r-clock", false, "once", 2_000));
    }
}
