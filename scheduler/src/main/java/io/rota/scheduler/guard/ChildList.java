package io.rota.scheduler.guard;

import io.rota.scheduler.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable list of what a guard has started, for whoever must clean up after it: a directory with a head, and a file
 * for each child that has no control group. The groups need none: the kernel keeps that list itself. Nothing is synced,
 * since a list is worth nothing after a boot of the machine. Thread-safe.
 */
public final class ChildList {
    private static final Logger LOG = LoggerFactory.getLogger(ChildList.class);

    private final Path dir;
    private final AtomicLong groups = new AtomicLong();
    private final RunLimits limits;
    private volatile BootHead head;

    private ChildList(Path dir, BootHead head) {
        this.dir = dir;
        this.head = head;
        var own = List.of(head.nodeProcess().pid(), head.guard().pid());
        this.limits = new RunLimits(head.group(), Set.copyOf(own));
    }

    /**
     * Begins a list, and a control group where this process may make one.
     *
     * @param guardDir where the lists of all boots are
     * @param boot boot id of the node, hexadecimal
     * @param nodeProcess the node; {@link ProcessId#NONE} if it is gone already
     * @throws IOException if the directory cannot be written
     */
    public static ChildList open(Path guardDir, String node, String boot, ProcessId nodeProcess) throws IOException {
        return open(guardDir, node, boot, nodeProcess, Cgroup.own());
    }

    static ChildList open(Path guardDir, String node, String boot, ProcessId nodeProcess, List<Cgroup> parents)
            throws IOException {
        var dir = Files.createDirectories(guardDir.resolve(boot));
        long self = ProcessHandle.current().pid();
        // The guard's own number too: the group of an earlier guard of the same boot may not be empty yet.
        var name = "rota-" + node.replaceAll("[^A-Za-z0-9.-]", "_") + "-" + boot + "-" + self;
        var group = parents.stream()
                .map(parent -> parent.child(name))
                .filter(ChildList::isUsable)
                .findFirst();
        var head = new BootHead(
                BootHead.thisMachine(), node, boot, nodeProcess, ProcessId.of(self), ProcessId.NONE, group);
        head.store(dir);
        return new ChildList(dir, head);
    }

    private static boolean isUsable(Cgroup group) {
        try {
            group.make();
            if (group.canBeEntered()) {
                return true;
            }
            group.remove();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("no control group: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /**
     * Makes sure that the node is gone: the end of the pipe alone does not prove it.
     *
     * @return true once it is, false if it outlives the limit
     */
    public boolean endNode(long limitNanos) {
        return head.nodeProcess().killUntilGone(limitNanos);
    }

    Path dir() {
        return dir;
    }

    BootHead head() {
        return head;
    }

    /** The processes that serve as leash from now on. */
    void leash(ProcessId process) throws IOException {
        head = head.withLeash(process);
        head.store(dir);
    }

    /** A group for one run; empty if runs have none here. */
    Optional<Cgroup> newGroup() throws IOException {
        if (head.group().isEmpty()) {
            return Optional.empty();
        }
        var group = head.group().get().child(Long.toString(groups.incrementAndGet()));
        try {
            group.make();
        } catch (IOException e) {
            throw new IOException("no control group can be made for the run: " + e, e);
        }
        return Optional.of(group);
    }

    /**
     * Sets what the group of a run may take; to be called by the guard's main thread.
     *
     * @return the limits that are to be set for each process instead
     * @throws IOException with a reason for a person if a limit cannot be set
     */
    Limits limit(Limits wanted, Optional<Cgroup> group) throws IOException {
        return limits.set(wanted, group);
    }

    /** Lists a child that has no group. */
    void add(ProcessId child) throws IOException {
        Files.writeString(file(child), child.startTicks() + "\n");
    }

    /** The child and all that it had started are gone. */
    void remove(ProcessId child) {
        try {
            Files.deleteIfExists(file(child));
        } catch (IOException e) {
            // Its start time is told: whoever reads the entry later finds that nobody is there.
            LOG.debug("entry stays: {}", e.toString());
        }
    }

    private Path file(ProcessId child) {
        return dir.resolve(Long.toString(child.pid()));
    }

    /** The children that a list names; one whose entry is torn has no start time and is found by its mark alone. */
    static List<ProcessId> children(Path dir) throws IOException {
        var children = new ArrayList<ProcessId>();
        try (Stream<Path> files = Files.list(dir)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (name.matches("\\d+")) {
                    var text = Files.readString(file).strip();
                    children.add(new ProcessId(Long.parseLong(name), text.matches("\\d+") ? Long.parseLong(text) : -1));
                }
            }
        }
        return children;
    }

    /** Removes a list with its control group; what is not empty stays. */
    static void delete(Path dir) throws IOException {
        BootHead.load(dir).flatMap(BootHead::group).ifPresent(Cgroup::remove);
        try (Stream<Path> files = Files.list(dir)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(dir);
    }

    /** Removes the control group at the guard's end; the list stays for the next boot, which signs for this one. */
    public void close() {
        head.group().ifPresent(Cgroup::remove);
    }
}
