package io.rota.torture.inject;

import io.rota.torture.nemesis.Fault;
import io.rota.torture.nemesis.FaultKind;
import io.rota.torture.net.Network;
import io.rota.torture.net.Network.Link;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The faults of links that are under way: the switch is told their union. Confined to the nemesis's thread. */
final class HarmedLinks {
    private final Network network;
    private final int nodes;
    private final Set<Fault> active = new LinkedHashSet<>();

    HarmedLinks(Network network, int nodes) {
        this.network = network;
        this.nodes = nodes;
    }

    void add(Fault fault) throws IOException {
        active.add(fault);
        tell();
    }

    void remove(Fault fault) throws IOException {
        active.remove(fault);
        tell();
    }

    private void tell() throws IOException {
        network.cut(links(fault -> fault.kind() != FaultKind.LOSS));
        network.lose(links(fault -> fault.kind() == FaultKind.LOSS));
    }

    private List<Link> links(Predicate<Fault> which) {
        return active.stream()
                .filter(which)
                .flatMap(fault -> links(fault, nodes).stream())
                .distinct()
                .toList();
    }

    /** The directions that a fault meets in a cluster of so many nodes. Pure. */
    static Set<Link> links(Fault fault, int nodes) {
        var victims = fault.victims();
        Predicate<Link> met = switch (fault.kind()) {
            case ISOLATE, LOSS, SPLIT -> link -> victims.contains(link.from()) != victims.contains(link.to());
            case CUT_IN -> link -> victims.contains(link.to());
            case CUT_OUT -> link -> victims.contains(link.from());
            case BRIDGE, SHATTER -> link -> victims.contains(link.from()) && victims.contains(link.to());
            case KILL_NODE,
                    KILL_GUARD,
                    KILL_BOTH,
                    KILL_ALL,
                    RESTART,
                    STOP_NODE,
                    STOP_GUARD,
                    STOP_BOTH,
                    SLOW_LINK,
                    DISK_FULL,
                    DISK_READ_ONLY,
                    FILES_EXHAUSTED -> link -> false;
        };
        return IntStream.range(0, nodes)
                .boxed()
                .flatMap(from -> IntStream.range(0, nodes).mapToObj(to -> new Link(from, to)))
                .filter(link -> link.from() != link.to())
                .filter(met)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
