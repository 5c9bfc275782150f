package io.rota.scheduler.hazelcast;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * How this arbiter's Hazelcast member is set up.
 *
 * @param clusterName name of the Hazelcast cluster
 * @param address where it listens; never all interfaces
 * @param cpMembers size of the CP group: the number of arbiters, 3 or 5
 * @param liveArbiters addresses of the arbiters that gossip shows as alive, this one included
 * @param secret derived from the cluster key, for this purpose alone
 */
public record HazelcastSettings(
        String clusterName,
        InetSocketAddress address,
        int cpMembers,
        Supplier<List<InetSocketAddress>> liveArbiters,
        Secret secret) {

    /** A key that never shows in logs. */
    public static final class Secret {
        private final byte[] bytes;

        public Secret(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "Secret";
        }
    }
}
