package io.rota.scheduler.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One control group of the kernel: a directory whose member list a process cannot leave by forking, by a session of its
 * own or by clearing its environment. Only root, or an owner of the whole tree, moves a process out on purpose. Version
 * 2 is used, or the named hierarchy of version 1 that systemd keeps; no controller is needed. Immutable.
 */
final class Cgroup {
    private static final Logger LOG = LoggerFactory.getLogger(Cgroup.class);
    private static final Path SELF = Path.of("/proc/self");
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    static final String PROCS = "cgroup.procs";
    /** Name of the group to which node and guard move where they must not be beside the groups of runs. */
    static final String OWN_LEAF = "rota-node";

    private final Path dir;

    Cgroup(Path dir) {
        this.dir = dir;
    }

    /**
     * The groups in which this process may make others, the better kind first; empty where there is none to be seen. They
     * are those that it is in, unless an earlier guard has moved it one down.
     */
    static List<Cgroup> own() {
        try {
            return find(Files.readAllLines(SELF.resolve("mountinfo")), Files.readAllLines(SELF.resolve("cgroup")))
                    .stream()
                    .map(Cgroup::aboveOwnLeaf)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * @param mounts lines of /proc/PID/mountinfo: proc(5)
     * @param memberships lines of /proc/PID/cgroup, {@code number:hierarchy:path}; version 2 is {@code 0::path}
     */
    static List<Cgroup> find(List<String> mounts, List<String> memberships) {
        var found = new ArrayList<Cgroup>();
        for (var hierarchy : List.of("", "name=systemd")) {
            memberships.stream()
                    .map(line -> line.split(":", 3))
                    .filter(fields -> fields.length == 3 && fields[1].equals(hierarchy))
                    .flatMap(fields -> mounts.stream().flatMap(mount -> at(mount, hierarchy, fields[2]).stream()))
                    .forEach(found::add);
        }
        return found;
    }

    Cgroup aboveOwnLeaf() {
        var above = dir.getParent();
        return dir.endsWith(OWN_LEAF) && above != null ? new Cgroup(above) : this;
    }

    private static Optional<Cgroup> at(String mount, String hierarchy, String path) {
        var halves = mount.split(" - ", 2);
        var left = halves[0].split(" ", -1);
        var right = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
        if (left.length < 5 || right.length < 3) {
            return Optional.empty();
        }
        boolean wanted = hierarchy.isEmpty()
                ? right[0].equals("cgroup2")
                : right[0].equals("cgroup") && List.of(right[2].split(",", -1)).contains(hierarchy);
        // A mount may show a part of the hierarchy only, as in a container; what lies outside cannot be reached.
        var root = Path.of(left[3]);
        var member = Path.of(path);
        return wanted && member.startsWith(root) && !path.contains("..")
                ? Optional.of(new Cgroup(Path.of(left[4]).resolve(root.relativize(member))))
                : Optional.empty();
    }

    Path dir() {
        return dir;
    }

    /** A group inside this one, which need not exist yet. */
    Cgroup child(String name) {
        return new Cgroup(dir.resolve(name));
    }

    /** Makes the group; it may be there already. */
    void make() throws IOException {
        Files.createDirectories(dir);
    }

    /** The file that a process enters the group by. */
    String procs() {
        return file(PROCS);
    }

    /** True if a process can be put into it and is listed there. */
    boolean canBeEntered() throws IOException, InterruptedException {
        var process = new ProcessBuilder("/bin/sh", "-c", "echo 0 > \"$0\" && read line", procs()).start();
        try {
            // It waits for a line that never comes, or has failed to enter.
            while (process.isAlive() && !pids().contains(process.pid())) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return process.isAlive();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * The processes in this group and in those inside it.
     *
     * @throws UncheckedIOException if that cannot be told now, which proves nothing
     */
    List<Long> pids() {
        if (isKnownEmpty()) {
            return List.of();
        }
        var pids = new TreeSet<Long>();
        for (var group : tree()) {
            try {
                Files.readAllLines(group.resolve(PROCS)).forEach(line -> pids.add(Long.parseLong(line)));
            } catch (IOException e) {
                if (Files.exists(group)) {
                    throw new UncheckedIOException("control group " + group + " cannot be read", e);
                }
            }
        }
        if (pids.contains(0L)) {
            throw new UncheckedIOException(
                    new IOException("control group " + dir + " holds a process that cannot be seen from here"));
        }
        return List.copyOf(pids);
    }

    /** The processes in this group itself. */
    List<Long> ownPids() throws IOException {
        return Files.readAllLines(dir.resolve(PROCS)).stream()
                .map(Long::parseLong)
                .toList();
    }

    /** True if the kernel has killed a process in it since its memory limit was reached; version 2 only. */
    boolean isOutOfMemory() {
        try {
            return Files.readAllLines(dir.resolve("memory.events")).stream()
                    .anyMatch(line -> line.matches("oom_kill [1-9][0-9]*"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Version 2 tells in one small file; zombies do not count. */
    private boolean isKnownEmpty() {
        try {
            return Files.readString(dir.resolve("cgroup.events")).contains("populated 0");
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills all at once where the kernel can (5.14 and later); elsewhere the caller kills one by one, and looks again. */
    void kill() {
        try {
            Files.writeString(dir.resolve("cgroup.kill"), "1", StandardOpenOption.WRITE);
        } catch (IOException e) {
            pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    /** Removes the group and those inside it as far as they are empty; the kernel keeps the others. */
    void remove() {
        try {
            for (var group : tree()) {
                Files.deleteIfExists(group);
            }
        } catch (IOException | UncheckedIOException e) {
            // Somebody is still in it: whoever looks for orphans next will find it.
            LOG.debug("control group stays for now: {}", e.toString());
        }
    }

    /** Directories, the inner ones first. */
    private List<Path> tree() {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getNameCount).reversed())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("control group " + dir + " cannot be read", e);
        }
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cgroup group && group.dir.equals(dir);
    }

    @Override
    public int hashCode() {
        return dir.hashCode();
    }

    @Override
    public String toString() {
        return dir.toString();
    }
}
