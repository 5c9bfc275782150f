package io.rota.torture;

import io.rota.torture.nemesis.Limits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            "torture smoke|hour|night [--seed N] [--nodes 3..7] [--replay FILE] [--minutes N] [--memory-books true] [--frozen-together true] [--heal-disks-alone true]";

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
        var flags = arguments.stream()
                .flatMap(argument ->
                        argument.startsWith("--") ? Arrays.stream(argument.split("=", 2)) : Stream.of(argument))
                .collect(Collectors.toList());
        if (flags.isEmpty() || flags.size() % 2 == 0) {
            throw new IllegalArgumentException("a profile is needed, and a value for each option");
        }
        var profile = Profile.valueOf(flags.get(0).toUpperCase(Locale.ROOT));
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i < flags.size(); i += 2) {
            var name = flags.get(i).replaceFirst("^--", "");
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("unknown option --" + name);
            }
            values.put(name, flags.get(i + 1));
        }
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
