package io.rota.scheduler.guard;

import io.rota.scheduler.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the limits of runs: for a control group of version 2 whose controllers can be had, else for each process alone,
 * and says what nothing keeps here. The controllers are handed down to the groups of the runs when the first run needs
 * one: a node without limits changes nothing. Confined to the guard's main thread.
 */
final class RunLimits {
    /** Length of the period in which processor time is counted, in microseconds: the kernel's own choice. */
    static final int PERIOD_MICROS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(RunLimits.class);
    private static final List<String> CONTROLLERS = List.of("memory", "cpu", "pids");
    private static final Path OWN_LIMITS = Path.of("/proc/self/limits");
    private static final int LOOKS = 5;
    private static final String HANDED_DOWN = "cgroup.subtree_control";

    private final Optional<Cgroup> all;
    private final Set<Long> ours;
    private final Set<String> told = new HashSet<>();
    private Set<String> usable = Set.of();
    private boolean handedDown;

    /**
     * @param all the group that holds the groups of the runs, made in the group in which the guard is or was
     * @param ours node and guard: only where they and their children are alone beside {@code all} may they be moved
     */
    RunLimits(Optional<Cgroup> all, Set<Long> ours) {
        this.all = all;
        this.ours = Set.copyOf(ours);
    }

    /**
     * Sets the limits of one run.
     *
     * @param group of the run
     * @return the limits that are to be set for each process instead
     * @throws IOException with a reason for a person if a limit cannot be set
     */
    Limits set(Limits limits, Optional<Cgroup> group) throws IOException {
        if (limits.openFiles() > 0 && !Privileges.here().mayRaiseLimits()) {
            requireOpenFiles(limits.openFiles(), Files.readAllLines(OWN_LIMITS));
        }
        boolean any = limits.memoryBytes() > 0 || limits.cpusMilli() > 0 || limits.processes() > 0;
        if (any && !handedDown) {
            usable = handDown(CONTROLLERS);
            handedDown = true;
        }
        boolean memory = limits.memoryBytes() > 0 && usable.contains("memory");
        boolean cpu = limits.cpusMilli() > 0 && usable.contains("cpu");
        boolean pids = limits.processes() > 0 && usable.contains("pids");
        if (group.isPresent()) {
            setGroup(limits, group.get(), new Kept(memory, cpu, pids));
        }
        tell(limits.memoryBytes() > 0 && !memory, "memory", "counted for each process alone");
        tell(limits.cpusMilli() > 0 && !cpu, "cpus", "not kept");
        tell(limits.processes() > 0 && !pids, "processes", "not kept");
        return new Limits(memory ? 0 : limits.memoryBytes(), 0, limits.openFiles(), 0);
    }

    /** Which limits the group keeps. */
    private record Kept(boolean memory, boolean cpu, boolean pids) {}

    private static void setGroup(Limits limits, Cgroup group, Kept kept) throws IOException {
        if (kept.memory()) {
            write(group, "memory.max", Long.toString(limits.memoryBytes()));
            // One process alone may be the one that the others wait for: the run ends as a whole.
            write(group, "memory.oom.group", "1");
        }
        if (kept.cpu()) {
            write(group, "cpu.max", (long) limits.cpusMilli() * PERIOD_MICROS / 1000 + " " + PERIOD_MICROS);
        }
        if (kept.pids()) {
            write(group, "pids.max", Integer.toString(limits.processes()));
        }
    }

    /** @param limits lines of /proc/PID/limits: proc(5) */
    static void requireOpenFiles(int wanted, List<String> limits) throws IOException {
        for (var line : limits) {
            var fields = line.split("\\s+", -1);
            if (line.startsWith("Max open files") && fields[4].matches("[0-9]{1,18}")) {
                long most = Long.parseLong(fields[4]);
                if (wanted > most) {
                    throw new IOException("open_files " + wanted + " is more than the " + most
                            + " that this node may open itself: raise its limit (LimitNOFILE in its systemd unit)");
                }
            }
        }
    }

    private void tell(boolean missed, String limit, String how) {
        if (missed && told.add(limit)) {
            LOG.warn(
                    "limits.{} of tasks is {} on this node remedy=\"a control group of version 2 with the controllers"
                            + " memory, cpu and pids: Delegate=yes in the systemd unit\"",
                    limit,
                    how);
        }
    }

    /** The controllers that groups of runs have from now on. */
    Set<String> handDown(List<String> wanted) {
        if (all.isEmpty() || all.get().dir().getParent() == null) {
            return Set.of();
        }
        var parent = new Cgroup(all.get().dir().getParent());
        var given = wanted.stream()
                .filter(controller -> isIn(parent, "cgroup.controllers", controller))
                .filter(controller -> handDown(parent, controller) && handDown(all.get(), controller))
                .collect(Collectors.toSet());
        LOG.info("limits of control groups: controllers={} of={} in={}", given, wanted, parent);
        return given;
    }

    private boolean handDown(Cgroup group, String controller) {
        if (isIn(group, HANDED_DOWN, controller) || isWritten(group, controller)) {
            return true;
        }
        // A group that has processes of its own cannot hand down: cgroups(7), no internal processes.
        return empty(group) && isWritten(group, controller);
    }

    private static boolean isWritten(Cgroup group, String controller) {
        try {
            write(group, HANDED_DOWN, "+" + controller);
            return true;
        } catch (IOException e) {
            LOG.debug("controller {} cannot be handed down: {}", controller, e.toString());
            return false;
        }
    }

    /** Node, guard and leash move to a group beside those of the runs, if nobody else is where they are. */
    private boolean empty(Cgroup group) {
        try {
            var beside = group.child(Cgroup.OWN_LEAF);
            // What the leash starts meanwhile is found by the next look.
            for (int look = 0; look < LOOKS; look++) {
                var inside = group.ownPids();
                if (inside.isEmpty()) {
                    LOG.info("node and guard moved to group={}", beside);
                    return true;
                }
                if (!inside.stream().allMatch(this::isOurs)) {
                    return false;
                }
                beside.make();
                inside.forEach(pid -> move(pid, beside));
            }
        } catch (IOException e) {
            LOG.debug("the group of this node cannot be emptied: {}", e.toString());
        }
        return false;
    }

    private boolean isOurs(long pid) {
        var process = ProcessHandle.of(pid);
        while (process.isPresent()) {
            if (ours.contains(process.get().pid())) {
                return true;
            }
            process = process.get().parent();
        }
        // One that has ended meanwhile is nobody's.
        return ProcessHandle.of(pid).isEmpty();
    }

    private static void move(long pid, Cgroup group) {
        try {
            write(group, Cgroup.PROCS, Long.toString(pid));
        } catch (IOException e) {
            // It has ended meanwhile, or the next look finds it still there.
            LOG.debug("not moved pid={}: {}", pid, e.toString());
        }
    }

    private static boolean isIn(Cgroup group, String file, String controller) {
        try {
            return List.of(Files.readString(group.dir().resolve(file)).strip().split(" ", -1))
                    .contains(controller);
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(Cgroup group, String file, String text) throws IOException {
        try {
            Files.writeString(group.dir().resolve(file), text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("control group file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
