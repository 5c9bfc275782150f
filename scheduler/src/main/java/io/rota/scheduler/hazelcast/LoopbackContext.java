package io.rota.scheduler.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.AddressPicker;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.Networking;
import com.hazelcast.internal.networking.nio.NioNetworking;
import com.hazelcast.internal.server.Server;
import com.hazelcast.internal.server.tcp.LocalAddressRegistry;
import com.hazelcast.internal.server.tcp.ServerSocketRegistry;
import com.hazelcast.internal.server.tcp.TcpServer;
import com.hazelcast.internal.server.tcp.TcpServerConnectionChannelErrorHandler;
import com.hazelcast.internal.server.tcp.TcpServerContext;
import com.hazelcast.nio.MemberSocketInterceptor;
import com.hazelcast.spi.properties.ClusterProperty;

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

    /** As {@link DefaultNodeContext} makes it, over networking that carries. */
    @Override
    public Server createServer(Node node, ServerSocketRegistry sockets, LocalAddressRegistry addresses) {
        var context = new TcpServerContext(node, node.getNodeEngine());
        return new TcpServer(
                node.getConfig(),
                context,
                sockets,
                addresses,
                node.getNodeEngine().getMetricsRegistry(),
                new CarriedNetworking(networking(node), carrier),
                node.getNodeExtension().createChannelInitializerFn(context));
    }

    private static Networking networking(Node node) {
        var engine = node.getNodeEngine();
        var errors = node.getLogger(TcpServerConnectionChannelErrorHandler.class.getName());
        return new NioNetworking(new NioNetworking.Context()
                .loggingService(node.loggingService)
                .metricsRegistry(engine.getMetricsRegistry())
                .threadNamePrefix(node.hazelcastInstance.getName())
                .errorHandler(new TcpServerConnectionChannelErrorHandler(errors))
                .inputThreadCount(node.getProperties().getInteger(ClusterProperty.IO_INPUT_THREAD_COUNT))
                .outputThreadCount(node.getProperties().getInteger(ClusterProperty.IO_OUTPUT_THREAD_COUNT))
                .balancerIntervalSeconds(node.getProperties().getInteger(ClusterProperty.IO_BALANCER_INTERVAL_SECONDS))
                .writeThroughEnabled(node.getProperties().getBoolean(ClusterProperty.IO_WRITE_THROUGH_ENABLED))
                .concurrencyDetection(engine.getConcurrencyDetection()));
    }
}
