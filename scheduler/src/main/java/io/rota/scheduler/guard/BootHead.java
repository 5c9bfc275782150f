package io.rota.scheduler.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a guard's list: which boot of which node it speaks of, and which processes served it. Immutable.
 *
 * @param machine boot of the machine and process namespace in which the numbers below mean anything
 * @param node name of the node
 * @param boot boot id of the node, hexadecimal
 * @param nodeProcess the node
 * @param guard its guard
 * @param leash the guard's leash, {@link ProcessId#NONE} without one
 * @param group the control group that holds the groups of all runs; empty if runs have none
 */
record BootHead(
        String machine,
        String node,
        String boot,
        ProcessId nodeProcess,
        ProcessId guard,
        ProcessId leash,
        Optional<Cgroup> group) {
    private static final String FILE = "head";

    /** This boot of the machine, as this process sees it; the same numbers mean other processes anywhere else. */
    static String thisMachine() {
        try {
            var bootId =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return bootId + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            return "unknown";
        }
    }

    boolean isOfThisMachine() {
        return !machine.equals("unknown") && machine.equals(thisMachine());
    }

    /** How the marks of all runs of this boot begin. */
    String mark() {
        return GuardCommand.MARK + "=" + node + "/" + boot + "/";
    }

    BootHead withLeash(ProcessId process) {
        return new BootHead(machine, node, boot, nodeProcess, guard, process, group);
    }

    /** Writes it whole or not at all. */
    void store(Path dir) throws IOException {
        var lines = List.of(
                "machine=" + machine,
                "node=" + node,
                "boot=" + boot,
                "node_process=" + text(nodeProcess),
                "guard=" + text(guard),
                "leash=" + text(leash),
                "group=" + group.map(Cgroup::toString).orElse(""));
        var draft = dir.resolve(FILE + ".new");
        Files.write(draft, lines);
        Files.move(draft, dir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Empty if there is none: the guard was killed before it had started anything.
     *
     * @throws IOException if there is one that cannot be read
     */
    static Optional<BootHead> load(Path dir) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try {
            for (var line : Files.readAllLines(dir.resolve(FILE))) {
                var halves = line.split("=", 2);
                fields.put(halves[0], halves.length == 2 ? halves[1] : "");
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        var group = fields.getOrDefault("group", "");
        return Optional.of(new BootHead(
                fields.getOrDefault("machine", "unknown"),
                fields.getOrDefault("node", ""),
                fields.getOrDefault("boot", ""),
                process(fields.getOrDefault("node_process", "")),
                process(fields.getOrDefault("guard", "")),
                process(fields.getOrDefault("leash", "")),
                group.isEmpty() ? Optional.empty() : Optional.of(new Cgroup(Path.of(group)))));
    }

    private static String text(ProcessId process) {
        return process.pid() + " " + process.startTicks();
    }

    private static ProcessId process(String text) throws IOException {
        try {
            var numbers = text.split(" ", -1);
            return new ProcessId(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("no process: " + text, e);
        }
    }
}
