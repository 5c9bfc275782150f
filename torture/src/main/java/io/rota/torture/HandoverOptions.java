package io.rota.torture;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line of {@code torture handover}. Immutable.
 *
 * @param seed of names, order and choice
 * @param tasks how many, half of them exclusive
 * @param prefix begins the names of namespaces
 */
record HandoverOptions(long seed, int tasks, Path jar, String prefix) {
    static final String USAGE = "torture handover [--seed N] [--tasks N]";

    /** Nodes of a cluster whose third is an arbiter no more. */
    static final int NODES = 5;

    private static final int LEAST_TASKS = 40;
    private static final int MOST_TASKS = 1_000;
    private static final List<String> NAMES = List.of("seed", "tasks", "jar", "prefix");

    /** @throws IllegalArgumentException with what is wrong */
    static HandoverOptions parse(List<String> arguments) {
        var values = Flags.parse(arguments, NAMES);
        int tasks = Integer.parseInt(values.getOrDefault("tasks", "200"));
        if (tasks < LEAST_TASKS || tasks > MOST_TASKS) {
            throw new IllegalArgumentException("40 to 1000 tasks, not " + tasks);
        }
        return new HandoverOptions(
                Long.parseLong(values.getOrDefault("seed", "1")),
                tasks,
                Path.of(values.getOrDefault("jar", "node/target/rota.jar")).toAbsolutePath(),
                values.getOrDefault("prefix", "rt" + ProcessHandle.current().pid()));
    }
}
