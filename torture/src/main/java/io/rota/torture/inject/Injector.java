package io.rota.torture.inject;

import io.rota.torture.cluster.Cluster;
import io.rota.torture.cluster.NodeProcess;
import io.rota.torture.nemesis.Fault;
import io.rota.torture.nemesis.FaultKind;
import io.rota.torture.nemesis.FaultKind.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Injects a fault and heals it. A fault that cannot be carried out here says why. Confined to the nemesis's thread. */
public final class Injector {
    private final Cluster cluster;
    private final boolean diskNeedsRestart;
    private final HarmedLinks links;
    private final Map<Fault, List<Long>> frozen = new HashMap<>();
    private final Map<Fault, CompletableFuture<Void>> ending = new HashMap<>();

    /**
     * Harms this cluster.
     *
     * @param diskNeedsRestart true if a node is restarted when its disk is well again
     */
    public Injector(Cluster cluster, boolean diskNeedsRestart) {
        this.cluster = cluster;
        this.diskNeedsRestart = diskNeedsRestart;
        this.links = new HarmedLinks(cluster.network(), cluster.size());
    }

    /** Why this kind cannot be carried out here; empty if it can. */
    public Optional<String> obstacle(FaultKind kind) {
        if (kind.family() == Family.NETWORK && !cluster.network().hasFaults()) {
            return Optional.of("no network namespaces");
        }
        boolean disk = kind == FaultKind.DISK_FULL || kind == FaultKind.DISK_READ_ONLY;
        return disk && !cluster.hasOwnDisks() ? Optional.of("no disk of its own for a node") : Optional.empty();
    }

    /** Begins it. */
    public void inject(Fault fault) throws IOException {
        switch (fault.kind()) {
            case KILL_NODE -> victim(fault).kill();
            case KILL_GUARD -> NodeProcess.signal("KILL", guard(fault));
            case KILL_BOTH, KILL_ALL -> {
                for (int node : fault.victims()) {
                    cluster.node(node).killWithGuard();
                }
            }
            case RESTART -> ending.put(fault, CompletableFuture.runAsync(() -> tell(victim(fault))));
            case STOP_NODE -> freeze(fault, victim(fault).pid().stream().toList());
            case STOP_GUARD -> freeze(fault, guard(fault));
            case STOP_BOTH -> {
                var both = new ArrayList<>(victim(fault).pid().stream().toList());
                both.addAll(guard(fault));
                freeze(fault, both);
            }
            case ISOLATE, CUT_IN, CUT_OUT, BRIDGE, SPLIT, SHATTER, LOSS -> links.add(fault);
            case SLOW_LINK -> cluster.network().slow(fault.victims().get(0), true);
            case DISK_FULL -> disk(fault).fill();
            case DISK_READ_ONLY -> disk(fault).readOnly(true);
            case FILES_EXHAUSTED -> OpenFiles.exhaust(pid(fault));
        }
    }

    /** Ends it. */
    public void heal(Fault fault) throws IOException {
        switch (fault.kind()) {
            case KILL_NODE, KILL_BOTH, KILL_ALL -> start(fault);
            case KILL_GUARD -> {
                // The node makes a new one by itself.
            }
            case RESTART -> {
                ending.getOrDefault(fault, CompletableFuture.completedFuture(null))
                        .join();
                start(fault);
            }
            case STOP_NODE, STOP_GUARD, STOP_BOTH -> thaw(fault);
            case ISOLATE, CUT_IN, CUT_OUT, BRIDGE, SPLIT, SHATTER, LOSS -> links.remove(fault);
            case SLOW_LINK -> cluster.network().slow(fault.victims().get(0), false);
            case DISK_FULL -> {
                disk(fault).empty();
                afterDiskFailure(fault);
            }
            case DISK_READ_ONLY -> {
                disk(fault).readOnly(false);
                afterDiskFailure(fault);
            }
            case FILES_EXHAUSTED -> OpenFiles.restore(pid(fault));
        }
    }

    private void afterDiskFailure(Fault fault) throws IOException {
        if (diskNeedsRestart) {
            victim(fault).tell();
            start(fault);
        }
    }

    private NodeProcess victim(Fault fault) {
        return cluster.node(fault.victims().get(0));
    }

    private long pid(Fault fault) throws IOException {
        return victim(fault).pid().orElseThrow(() -> new IOException(fault.names() + " is down"));
    }

    private List<Long> guard(Fault fault) throws IOException {
        return List.of(victim(fault).guardPid().orElseThrow(() -> new IOException(fault.names() + " has no guard")));
    }

    private SmallDisk disk(Fault fault) {
        return new SmallDisk(cluster.files().nodeFiles(victim(fault).name()));
    }

    private void freeze(Fault fault, List<Long> pids) throws IOException {
        frozen.put(fault, pids);
        NodeProcess.signal("STOP", pids);
    }

    private void thaw(Fault fault) throws IOException {
        for (long pid : frozen.getOrDefault(fault, List.of())) {
            // A frozen guard may have been replaced and killed by its node.
            if (ProcessHandle.of(pid).isPresent()) {
                NodeProcess.signal("CONT", List.of(pid));
            }
        }
        frozen.remove(fault);
    }

    private void start(Fault fault) throws IOException {
        for (int node : fault.victims()) {
            cluster.node(node).start();
        }
    }

    private static void tell(NodeProcess node) {
        try {
            node.tell();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
