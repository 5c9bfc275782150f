package io.rota.torture;

import io.rota.torture.nemesis.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The command line: {@code smoke|hour|night} and {@code --name value}. Immutable.
 *
 * @param replay a timeline to carry out instead of one drawn from the seed
 * @param lastRoundSeconds after so long no new round begins
 * @param prefix begins the names of namespaces
 */
record Options(
        Profile profile,
        long seed,
        int nodes,
        Optional<Path> replay,
        Limits limits,
        long lastRoundSeconds,
        Path jar,
        String prefix) {
    static final String USAGE =
            "torture smoke|hour|night [--seed N] [--nodes 3..7] [--replay FILE] [--minutes N] [--memory-books true] [--frozen-together true] [--heal-disks-alone true]\n"
                    + HandoverOptions.USAGE;

    private static final int ARBITERS = 3;
    private static final int LEAST_NODES = 3;
    private static final int MOST_NODES = 7;
    private static final List<String> NAMES = List.of(
            "seed",
            "nodes",
            "replay",
            "memory-books",
            "frozen-together",
            "heal-disks-alone",
            "minutes",
            "jar",
            "prefix");

    /** @throws IllegalArgumentException with what is wrong */
    static Options parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a profile is needed");
        }
        var profile = Profile.valueOf(arguments.get(0).toUpperCase(Locale.ROOT));
        var values = Flags.parse(arguments.subList(1, arguments.size()), NAMES);
        int nodes = Integer.parseInt(values.getOrDefault("nodes", Integer.toString(profile.nodes())));
        if (nodes < LEAST_NODES || nodes > MOST_NODES) {
            throw new IllegalArgumentException("3 to 7 nodes, not " + nodes);
        }
        return new Options(
                profile,
                Long.parseLong(values.getOrDefault("seed", "1")),
                nodes,
                Optional.ofNullable(values.get("replay")).map(Path::of),
                new Limits(
                        "true".equals(values.get("memory-books")),
                        !"true".equals(values.get("frozen-together")),
                        !"true".equals(values.get("heal-disks-alone")),
                        ARBITERS),
                Optional.ofNullable(values.get("minutes"))
                        .map(minutes -> TimeUnit.MINUTES.toSeconds(Long.parseLong(minutes)))
                        .orElse(profile.lastRoundSeconds()),
                Path.of(values.getOrDefault("jar", "node/target/rota.jar")).toAbsolutePath(),
                values.getOrDefault("prefix", "rt" + ProcessHandle.current().pid()));
    }
}
