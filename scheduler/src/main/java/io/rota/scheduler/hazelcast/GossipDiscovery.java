package io.rota.scheduler.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import com.hazelcast.spi.discovery.integration.DiscoveryService;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells Hazelcast where the other arbiters are, as gossip sees them now. */
final class GossipDiscovery implements DiscoveryService {
    private final Supplier<List<InetSocketAddress>> liveArbiters;

    GossipDiscovery(Supplier<List<InetSocketAddress>> liveArbiters) {
        this.liveArbiters = liveArbiters;
    }

    @Override
    public void start() {
        // Gossip runs already.
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
        var nodes = new ArrayList<DiscoveryNode>();
        for (var arbiter : liveArbiters.get()) {
            nodes.add(new SimpleDiscoveryNode(new Address(arbiter)));
        }
        return nodes;
    }

    @Override
    public void destroy() {
        // Gossip goes on.
    }

    @Override
    public Map<String, String> discoverLocalMetadata() {
        return Map.of();
    }
}
