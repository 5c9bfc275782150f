package io.rota.scheduler.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.AddressPicker;
import com.hazelcast.instance.EndpointQualifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * Listens on any free port of loopback, and is known to the cluster by the advertised address. Hazelcast changes the
 * maps that it is given.
 */
final class LoopbackPicker implements AddressPicker {
    private static final int BACKLOG = 100;

    private final Address advertised;
    private final OwnDoor door;
    private final ServerSocketChannel socket;
    private final Address bound;

    LoopbackPicker(Address advertised, OwnDoor door) {
        this.advertised = advertised;
        this.door = door;
        try {
            socket = ServerSocketChannel.open();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            socket.configureBlocking(false);
            bound = new Address((InetSocketAddress) socket.getLocalAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free on loopback", e);
        }
    }

    @Override
    public void pickAddress() {
        door.leadTo(bound.getPort());
    }

    @Override
    public Address getBindAddress(EndpointQualifier endpoint) {
        return bound;
    }

    @Override
    public Address getPublicAddress(EndpointQualifier endpoint) {
        return advertised;
    }

    @Override
    public Map<EndpointQualifier, Address> getPublicAddressMap() {
        return new HashMap<>(Map.of(EndpointQualifier.MEMBER, advertised));
    }

    @Override
    public Map<EndpointQualifier, Address> getBindAddressMap() {
        return new HashMap<>(Map.of(EndpointQualifier.MEMBER, bound));
    }

    @Override
    public ServerSocketChannel getServerSocketChannel(EndpointQualifier endpoint) {
        return socket;
    }

    @Override
    public Map<EndpointQualifier, ServerSocketChannel> getServerSocketChannels() {
        return Map.of(EndpointQualifier.MEMBER, socket);
    }
}
