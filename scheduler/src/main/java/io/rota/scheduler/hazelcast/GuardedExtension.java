package io.rota.scheduler.hazelcast;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;

/** Hazelcast with {@link MemberHandshake} in front of every member connection, which the community edition lacks. */
final class GuardedExtension extends DefaultNodeExtension {
    private final MemberHandshake handshake;

    private GuardedExtension(Node node, MemberHandshake handshake) {
        super(node);
        this.handshake = handshake;
    }

    /** A node context whose extension has the handshake. */
    static DefaultNodeContext context(MemberHandshake handshake) {
        return new DefaultNodeContext() {
            @Override
            public NodeExtension createNodeExtension(Node node) {
                return new GuardedExtension(node, handshake);
            }
        };
    }

    @Override
    public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
        return handshake;
    }
}
