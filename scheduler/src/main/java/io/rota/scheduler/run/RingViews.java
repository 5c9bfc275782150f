package io.rota.scheduler.run;

import io.rota.hashing.Ring;
import io.rota.scheduler.view.RingView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the ring ready to be drawn. Pure. */
final class RingViews {
    private static final int POSITION_SHIFT = 48;
    private static final int STANDBYS = 2;
    private static final int MAX_TOKENS_DRAWN = 1_500;

    private RingViews() {}

    static RingView of(ClusterRing current) {
        var placement = current.placement();
        var ring = placement.ring();
        var nodes = new ArrayList<RingView.Node>();
        Map<String, Integer> index = new HashMap<>();
        for (var node : ring.nodes()) {
            index.put(node.id(), nodes.size());
            nodes.add(new RingView.Node(
                    node.id(),
                    node.weightMilli(),
                    node.tokenCount(),
                    ring.shareMillionths(node.id()) / 1000,
                    placement.loadOf(node.id()),
                    placement.capOf(node.id())));
        }
        var tasks = new ArrayList<RingView.Task>();
        for (int i = 0; i < placement.taskCount(); i++) {
            var id = placement.taskAt(i).id();
            tasks.add(new RingView.Task(
                    id,
                    (int) (Ring.positionOf(id) >>> POSITION_SHIFT),
                    placement.ownerOf(id).orElse(""),
                    placement.standbysOf(id, STANDBYS)));
        }
        return new RingView(String.format("%016x", current.view().hash()), nodes, arcs(drawn(ring), index), tasks);
    }

    /** As fine as a screen can show: of a large ring every n-th token of each node. */
    private static Ring drawn(Ring ring) {
        int divisor = 1;
        while (ring.size() / divisor > MAX_TOKENS_DRAWN) {
            divisor *= 2;
        }
        return divisor == 1 ? ring : ring.sketch(divisor);
    }

    /** Clockwise from 0; arcs of one owner that touch are one, and an arc too short to be drawn gives way to the next. */
    private static List<Integer> arcs(Ring ring, Map<String, Integer> index) {
        TreeMap<Integer, Integer> ownerFrom = new TreeMap<>();
        for (var arc : ring.arcs()) {
            Integer owner = index.get(arc.node());
            if (owner == null) {
                throw new IllegalStateException("arc of a node that is not on the ring: " + arc.node());
            }
            ownerFrom.put((int) (arc.start() >>> POSITION_SHIFT), owner);
            if (Long.compareUnsigned(arc.end(), arc.start()) < 0) {
                ownerFrom.putIfAbsent(0, owner);
            }
        }
        var arcs = new ArrayList<Integer>();
        ownerFrom.forEach((start, owner) -> {
            if (arcs.isEmpty() || !arcs.get(arcs.size() - 1).equals(owner)) {
                arcs.add(start);
                arcs.add(owner);
            }
        });
        return arcs;
    }
}
