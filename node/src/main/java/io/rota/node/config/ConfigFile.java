package io.rota.node.config;

import io.rota.membership.Seed;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code rota.yaml}: all of it or nothing, and all problems at once. */
public final class ConfigFile {
    private static final int DEFAULT_PORT = 7700;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_FILE_BYTES = 3 << 20;
    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Path file;
    private final Function<String, @Nullable String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private long bytesRead;

    private ConfigFile(Path file, Function<String, @Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * Reads a file.
     *
     * @param overrides values of {@code node:} given on the command line, by key
     * @throws ConfigException with every problem of the file
     */
    public static NodeConfig read(Path file, Overrides overrides, Function<String, @Nullable String> environment)
            throws ConfigException {
        return new ConfigFile(file, environment).read(overrides);
    }

    /** What the command line says about this node, over the file. */
    public record Overrides(Optional<String> name, Optional<String> dataDir) {
        public static Overrides none() {
            return new Overrides(Optional.empty(), Optional.empty());
        }
    }

    private NodeConfig read(Overrides overrides) throws ConfigException {
        var reading = new Section.Reading(file.toString(), problems, new Substitution(environment));
        var fields = new YamlFile(file.toString(), problems).read(text(file, "check the path after --config"));
        if (fields == null) {
            throw new ConfigException(problems);
        }
        var top = new Section(reading, "", fields);
        if (top.number("version", 1, 1, 1) != 1 || !top.has("version")) {
            top.problemAt("version", "version is missing", "write version: 1 at the top");
        }
        var cluster = top.section("cluster").orElseGet(() -> empty(reading, "cluster"));
        var node = top.section("node").orElseGet(() -> empty(reading, "node"));
        var local = local(node, overrides);
        var tasks = tasks(top, local.slots());
        long revision = top.number("revision", 0, Integer.MAX_VALUE, 0);
        var seeds = seeds(cluster);
        var config = new NodeConfig(
                clusterName(cluster),
                key(cluster),
                seeds,
                ArbiterNames.read(cluster, seeds, local.name()),
                local,
                new TaskFile(revision, tasks),
                directory());
        cluster.end();
        node.end();
        top.end();
        checkTogether(config, cluster);
        if (!problems.isEmpty()) {
            problems.sort(
                    Comparator.comparing((Problem problem) -> !problem.file().equals(file.toString()))
                            .thenComparing(Problem::file)
                            .thenComparingInt(Problem::line)
                            .thenComparingInt(Problem::column));
            throw new ConfigException(problems);
        }
        return config;
    }

    /** Relative paths in the file start here, whatever directory the node was started in. */
    private Path directory() {
        return file.toAbsolutePath().resolveSibling("").normalize();
    }

    private static Section empty(Section.Reading reading, String path) {
        return new Section(reading, path, new Located.Fields(Map.of(), 1, 1));
    }

    /** All files together are no larger than one may be. */
    private String text(Path path, String remedy) throws ConfigException {
        try {
            bytesRead += Files.size(path);
            if (bytesRead > MAX_FILE_BYTES) {
                throw unreadable(path, "is larger than " + MAX_FILE_BYTES + " bytes", "this cannot be a config file");
            }
            return Files.readString(path);
        } catch (MalformedInputException e) {
            throw unreadable(path, "is not UTF-8", "save it as UTF-8");
        } catch (NoSuchFileException e) {
            throw unreadable(path, "does not exist", remedy);
        } catch (IOException e) {
            throw unreadable(path, "cannot be read: " + e.getMessage(), remedy);
        }
    }

    private static ConfigException unreadable(Path path, String message, String hint) {
        return new ConfigException(List.of(new Problem(path.toString(), 1, 1, message, hint)));
    }

    // ---- cluster

    private Optional<ClusterKey> key(Section cluster) {
        boolean insecure = cluster.flag("insecure");
        var key = cluster.text("key");
        var keyFile = cluster.text("key_file");
        if (key.isPresent() && keyFile.isPresent()) {
            cluster.problemAt("key_file", "both key and key_file are given", "keep one of them");
        }
        if (key.isEmpty() && keyFile.isEmpty()) {
            if (!insecure) {
                cluster.problemAt(
                        "key",
                        "there is no cluster key",
                        "make one with `rota keygen` and name it by key_file, or set insecure: true");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(ClusterKey.parse(
                    key.isPresent() ? key.get() : Files.readString(file.resolveSibling(keyFile.orElseThrow()))));
        } catch (IllegalArgumentException e) {
            cluster.problemAt(
                    key.isPresent() ? "key" : "key_file",
                    String.valueOf(e.getMessage()),
                    "make one with `rota keygen`");
        } catch (IOException e) {
            cluster.problemAt("key_file", "key_file cannot be read: " + e, "make one with `rota keygen`");
        }
        return Optional.empty();
    }

    private static List<Seed> seeds(Section cluster) {
        return cluster.has("seeds") ? cluster.each("seeds", ConfigFile::seed, "write name@host:port") : List.of();
    }

    private static Seed seed(String text) {
        var seed = Seed.parse(text);
        if (!seed.name().isEmpty() && !TaskDefinition.isValidName(seed.name())) {
            throw new IllegalArgumentException("no node can have the name of the seed \"" + text + "\"");
        }
        return seed;
    }

    private static String clusterName(Section cluster) {
        var name = cluster.text("name").orElse("rota");
        if (!CLUSTER_NAME.matcher(name).matches()) {
            cluster.problemAt(
                    "name",
                    "cluster name \"" + name + "\" is not valid",
                    "letters, digits, dot, dash, underscore; at most 63");
        }
        return name;
    }

    private void checkTogether(NodeConfig config, Section cluster) {
        var names = config.seeds().stream()
                .map(Seed::name)
                .filter(name -> !name.isEmpty())
                .toList();
        if (Set.copyOf(names).size() < names.size()) {
            cluster.problemAt("seeds", "two seeds have the same name", "a name is the identity of one node");
        }
        boolean exclusive = config.tasks().stream().anyMatch(TaskDefinition::isExclusive);
        if (exclusive && names.isEmpty() && !config.seeds().isEmpty()) {
            cluster.problemAt(
                    "seeds",
                    "exclusive tasks need arbiters, and no seed has a name",
                    "write the first three seeds as name@host:port");
        }
    }

    // ---- node

    private static NodeConfig.Local local(Section node, Overrides overrides) {
        int gossip = node.number("gossip_port", 1, MAX_PORT - 2, DEFAULT_PORT);
        var ports = new NodeConfig.Ports(
                gossip,
                node.number("peer_port", 1, MAX_PORT, gossip + 1),
                node.number("admin_port", 1, MAX_PORT, gossip + 2));
        checkPorts(node, ports);
        var nameInFile = node.text("name");
        var name = overrides.name().or(() -> nameInFile).orElseGet(ConfigFile::hostName);
        if (!TaskDefinition.isValidName(name)) {
            node.problemAt(
                    "name",
                    "node name \"" + name + "\" is not made of a-z, 0-9, dot, dash and underscore",
                    "set node.name or start with --name");
        }
        var bind = node.text("bind").orElse("0.0.0.0");
        var dataDir = node.text("data_dir");
        return new NodeConfig.Local(
                name,
                bind,
                node.text("advertise").orElseGet(() -> bind.equals("0.0.0.0") ? hostAddress() : bind),
                ports,
                Path.of(overrides.dataDir().or(() -> dataDir).orElse("data")),
                node.has("tags") ? node.map("tags") : Map.of(),
                weightMilli(node),
                slots(node));
    }

    /** Two parts of a node on one port would only be noticed when the second is opened, as if another node ran there. */
    private static void checkPorts(Section node, NodeConfig.Ports ports) {
        var taken = new HashMap<Integer, String>();
        taken.put(ports.gossip(), "gossip_port");
        checkPort(node, taken, "peer_port", ports.peer());
        checkPort(node, taken, "admin_port", ports.admin());
    }

    private static void checkPort(Section node, Map<Integer, String> taken, String key, int port) {
        var other = taken.putIfAbsent(port, key);
        if (other != null) {
            node.problemAt(key, key + " " + port + " is the same as " + other, "give each a port of its own");
        }
    }

    private static Slots slots(Section node) {
        int total = node.number("slots", 1, Slots.MOST, 0);
        int reserved = node.has("reserved_slots") ? node.number("reserved_slots", 0, Slots.MOST, 0) : 0;
        if (reserved > 0 && reserved >= total) {
            node.problemAt(
                    "reserved_slots",
                    "reserved_slots " + reserved + " leaves none of " + total + " slots for all",
                    "set slots to more than reserved_slots");
            return new Slots(total, 0);
        }
        return new Slots(total, reserved);
    }

    private static int weightMilli(Section node) {
        return node.text("weight")
                .map(text -> {
                    try {
                        int milli =
                                new java.math.BigDecimal(text).movePointRight(3).intValueExact();
                        if (milli >= 1 && milli <= 100_000) {
                            return milli;
                        }
                    } catch (ArithmeticException | NumberFormatException e) {
                        // Falls through to the problem below, which covers both.
                    }
                    node.problemAt("weight", "weight must be a number from 0.001 to 100, found \"" + text + "\"", "");
                    return 1000;
                })
                .orElse(1000);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(java.util.Locale.ROOT);
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static String hostAddress() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            return "127.0.0.1";
        }
    }

    // ---- tasks

    private List<TaskDefinition> tasks(Section top, Slots slots) {
        var tasks = new TaskSections();
        top.section("tasks").ifPresent(tasks::add);
        if (top.has("include")) {
            top.script("include").ifPresent(pattern -> include(top, pattern, tasks));
        }
        return tasks.end(slots);
    }

    private void include(Section top, String pattern, TaskSections tasks) {
        try {
            var files = Include.parse(file, pattern).files(file);
            if (files.isEmpty() || files.size() > Include.MOST) {
                top.problemAt(
                        "include",
                        "include: there are " + files.size() + " such files",
                        "1 to " + Include.MOST + "; without any, remove include");
                return;
            }
            for (var included : files) {
                include(included, tasks);
            }
        } catch (IllegalArgumentException e) {
            top.problemAt("include", "include: " + e.getMessage(), Include.EXAMPLE);
        } catch (IOException e) {
            top.problemAt("include", "include: the directory cannot be listed: " + e, "make it, or remove include");
        }
    }

    private void include(Path included, TaskSections tasks) {
        try {
            var name = included.toString();
            var fields = new YamlFile(name, problems).read(text(included, "check the pattern of include"));
            if (fields != null) {
                var part = new Section(new Section.Reading(name, problems, new Substitution(environment)), "", fields);
                part.section("tasks").ifPresent(tasks::add);
                part.end();
            }
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
    }
}
