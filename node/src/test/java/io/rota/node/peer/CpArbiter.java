package io.rota.node.peer;

import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.hazelcast.HazelcastSettings;
import io.rota.scheduler.hazelcast.HazelcastTaskLocks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An arbiter without the rest of its node: peer port, identity, Hazelcast. */
final class CpArbiter implements AutoCloseable {
    static final int CP_MEMBERS = 3;

    private final ClusterIdentity identity;
    private final PeerServer server;
    private final HazelcastTaskLocks locks;

    /** @param others every arbiter that gossip would show, this one included, by name */
    CpArbiter(ClusterIdentity identity, Map<String, InetSocketAddress> others) throws IOException {
        this.identity = identity;
        var address = Optional.ofNullable(others.get(identity.nodeName())).orElseThrow();
        this.server = PeerServer.start(address, identity, CpTrio.NAMES::contains, request -> {
            throw new IllegalStateException("nobody asks here");
        });
        this.locks = new HazelcastTaskLocks(new HazelcastSettings(
                "rota-test",
                address,
                CP_MEMBERS,
                () -> List.copyOf(others.values()),
                others::containsValue,
                new ArbiterDial(
                        identity,
                        wanted -> others.entrySet().stream()
                                .filter(other -> other.getValue().equals(wanted))
                                .map(Map.Entry::getKey)
                                .findFirst())));
        server.admit(CpTrio.NAMES::contains, locks.door());
        locks.start();
    }

    ClusterIdentity identity() {
        return identity;
    }

    PeerServer server() {
        return server;
    }

    HazelcastTaskLocks locks() {
        return locks;
    }

    @Override
    public void close() {
        locks.close();
        server.close();
    }
}
