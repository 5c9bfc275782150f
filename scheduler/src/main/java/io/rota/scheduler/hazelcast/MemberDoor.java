package io.rota.scheduler.hazelcast;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** The only way into this node's Hazelcast, which accepts no connection but those that come through here. */
@FunctionalInterface
public interface MemberDoor {

    /**
     * A new connection to this node's Hazelcast, over loopback, not blocking and perhaps not yet finished.
     *
     * @throws IOException if Hazelcast does not run here at this time
     */
    SocketChannel open() throws IOException;
}
