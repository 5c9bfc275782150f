package io.rota.scheduler.guard;

import io.rota.scheduler.arbitration.DeathWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what the guards before this one have left running, by the lists that they left behind, and says which boots of
 * the node are over for certain. A process is hit only if it started when the list says, sits in a control group of
 * ours, or carries a mark of that boot. Confined to one thread.
 */
public final class OrphanSweep {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path guardDir;
    private final String boot;

    /**
     * @param guardDir where the lists of all boots are
     * @param boot the boot that this guard serves: it is not over
     */
    public OrphanSweep(Path guardDir, String boot) {
        this.guardDir = guardDir;
        this.boot = boot;
    }

    /**
     * Sweeps, for half a minute an earlier boot at most; what this boot's earlier guard left is waited for.
     *
     * @return the earlier boots of which neither the node nor any process is left, proven
     */
    public List<DeathWord> sweep() throws IOException {
        var words = new ArrayList<DeathWord>();
        for (var dir : lists()) {
            try {
                sweep(dir).ifPresent(words::add);
            } catch (IOException | UncheckedIOException e) {
                LOG.error("a list of an earlier guard cannot be used: look for its processes by hand list={}", dir, e);
            }
        }
        return words;
    }

    private List<Path> lists() throws IOException {
        try (Stream<Path> files = Files.list(Files.createDirectories(guardDir))) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{1,16}"))
                    .sorted()
                    .toList();
        }
    }

    private Optional<DeathWord> sweep(Path dir) throws IOException {
        var found = BootHead.load(dir);
        if (found.isEmpty() || !found.get().isOfThisMachine()) {
            // Numbers of another boot of the machine, or of another container: nothing can be said by them, nor hit.
            ChildList.delete(dir);
            return Optional.empty();
        }
        var head = found.get();
        boolean sameBoot = head.boot().equals(boot);
        if (!sameBoot && head.nodeProcess().isUp()) {
            LOG.error(
                    "a list belongs to a node that is alive pid={} list={}",
                    head.nodeProcess().pid(),
                    dir);
            return Optional.empty();
        }
        if (sameBoot) {
            endOwn(head, dir);
            return Optional.empty();
        }
        var children = ChildList.children(dir);
        if (!end(head, children) || isAnyDoubtful(children) || !ProcessTree.canProve()) {
            LOG.error("not every process of an earlier boot is proven gone: the lease decides boot={}", head.boot());
            return Optional.empty();
        }
        LOG.info("every process of an earlier guard is gone node={} boot={}", head.node(), head.boot());
        return Optional.of(new DeathWord(head.node(), Long.parseUnsignedLong(head.boot(), 16)));
    }

    /**
     * The guard that takes over signs for these too one day: it does not begin before they are gone. The node has ended
     * them by their groups before, so that a group without a leader is no child's now.
     */
    private static void endOwn(BootHead head, Path dir) throws IOException {
        while (!end(head, ChildList.children(dir))) {
            LOG.error(
                    "a process of the guard before this one cannot be killed; a person must look boot={}", head.boot());
        }
        ChildList.delete(dir);
    }

    /** To be called when the words are kept: from now on nothing tells of those boots but they. */
    public void forget(DeathWord word) throws IOException {
        ChildList.delete(guardDir.resolve(Long.toHexString(word.bootId())));
    }

    private static boolean end(BootHead head, List<ProcessId> children) {
        var trees = new ArrayList<ProcessTree>();
        // Guard and leash first: the one might start something still, the other would hit what comes after.
        boolean gone = head.guard().killUntilGone(LIMIT_NANOS) && head.leash().killUntilGone(LIMIT_NANOS);
        head.group().ifPresent(group -> trees.add(ProcessTree.grouped(ProcessId.NONE, group)));
        trees.add(ProcessTree.marked(ProcessId.NONE, head.mark()));
        var before = ProcessTable.look();
        children.stream().filter(before::holds).forEach(child -> trees.add(ProcessTree.marked(child, head.mark())));
        return ProcessTree.killUntilGone(trees, LIMIT_NANOS) && gone;
    }

    /** Somebody is left who may be a child's, or a stranger under a number that was given out again. */
    private static boolean isAnyDoubtful(List<ProcessId> children) {
        var table = ProcessTable.look();
        return children.stream()
                .anyMatch(child -> table.isLeaderless(child.pid())
                        || (child.startTicks() < 0 && ProcessId.of(child.pid()).isUp()));
    }
}
