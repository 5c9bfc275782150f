package io.rota.scheduler.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.AddressPicker;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.server.Server;
import com.hazelcast.internal.server.tcp.LocalAddressRegistry;
import com.hazelcast.internal.server.tcp.ServerSocketRegistry;
import com.hazelcast.internal.server.tcp.TcpServer;
import com.hazelcast.nio.MemberSocketInterceptor;

/**
 * Hazelcast that listens on loopback, accepts what comes through the {@link OwnDoor} only, and whose connections to
 * other members are carried. Its members know each other by the addresses that gossip tells, the same on all of them.
 */
final class LoopbackContext extends DefaultNodeContext {
    private final Address advertised;
    private final OwnDoor door;
    private final MemberCarrier carrier;

    LoopbackContext(HazelcastSettings settings, OwnDoor door) {
        this.advertised = new Address(settings.address());
        this.door = door;
        this.carrier = settings.carrier();
    }

    @Override
    public AddressPicker createAddressPicker(Node node) {
        return new LoopbackPicker(advertised, door);
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new DefaultNodeExtension(node) {
            @Override
            public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
                return door;
            }
        };
    }

    /** The usual server over networking that carries; the one that is asked for its parts is never started. */
    @Override
    public Server createServer(Node node, ServerSocketRegistry sockets, LocalAddressRegistry addresses) {
        var usual = (TcpServer) super.createServer(node, sockets, addresses);
        return new TcpServer(
                node.getConfig(),
                usual.getContext(),
                sockets,
                addresses,
                node.getNodeEngine().getMetricsRegistry(),
                new CarriedNetworking(usual.getNetworking(), carrier),
                node.getNodeExtension().createChannelInitializerFn(usual.getContext()));
    }
}
