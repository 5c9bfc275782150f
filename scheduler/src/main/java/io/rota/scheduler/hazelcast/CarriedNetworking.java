package io.rota.scheduler.hazelcast;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.Networking;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Hazelcast's networking, except that what it connects to is carried. */
final class CarriedNetworking implements Networking {
    private final Networking usual;
    private final MemberCarrier carrier;

    CarriedNetworking(Networking usual, MemberCarrier carrier) {
        this.usual = usual;
        this.carrier = carrier;
    }

    @Override
    public Channel register(ChannelInitializer initializer, SocketChannel socket, boolean connects) throws IOException {
        var channel = usual.register(initializer, socket, connects);
        return connects ? new CarriedChannel(channel, carrier) : channel;
    }

    @Override
    public void restart() {
        usual.restart();
    }

    @Override
    public void shutdown() {
        usual.shutdown();
    }
}
