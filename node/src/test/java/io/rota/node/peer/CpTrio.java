package io.rota.node.peer;

import static org.awaitility.Awaitility.await;

import io.rota.membership.Keyring;
import io.rota.node.FreePorts;
import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.hazelcast.HazelcastTaskLocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Three arbiters in one process, each on a port that was free, tied together as in real life. Confined to the test thread. */
final class CpTrio implements AutoCloseable {
    /** A CP group takes 10 to 40 s to form on a busy machine. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final Set<String> NAMES = Set.of("n1", "n2", "n3");

    private final Map<String, InetSocketAddress> addresses = freeAddresses(NAMES);
    private final Map<String, CpArbiter> arbiters = new TreeMap<>();

    CpTrio() throws IOException {
        for (var name : NAMES) {
            start(name);
        }
    }

    void start(String name) throws IOException {
        arbiters.put(name, new CpArbiter(identity(name, 1), addresses));
    }

    void stop(String name) {
        var stopped = arbiters.remove(name);
        if (stopped != null) {
            stopped.close();
        }
    }

    CpArbiter arbiter(String name) {
        var arbiter = arbiters.get(name);
        if (arbiter == null) {
            throw new IllegalArgumentException("no arbiter " + name + " runs");
        }
        return arbiter;
    }

    HazelcastTaskLocks locks(String name) {
        return arbiter(name).locks();
    }

    Collection<CpArbiter> all() {
        return arbiters.values();
    }

    InetSocketAddress address(String name) {
        return java.util.Optional.ofNullable(addresses.get(name)).orElseThrow();
    }

    Map<String, InetSocketAddress> addresses() {
        return addresses;
    }

    /** Waits until all see a group of three that works. */
    void awaitReady() {
        await().atMost(PATIENCE)
                .until(() -> arbiters.values().stream()
                        .map(arbiter -> arbiter.locks().status())
                        .allMatch(status -> status.ready() && status.members() == NAMES.size()));
    }

    static ClusterIdentity identity(String name, int key) {
        return new ClusterIdentity(ring(key), "rota-test", name);
    }

    /** A ring of keys of one repeated byte each, primary first. */
    static Keyring ring(int... fills) {
        return Keyring.of(Arrays.stream(fills)
                .mapToObj(fill -> {
                    byte[] key = new byte[Keyring.KEY_BYTES];
                    Arrays.fill(key, (byte) fill);
                    return key;
                })
                .toArray(byte[][]::new));
    }

    static Map<String, InetSocketAddress> freeAddresses(Collection<String> names) throws IOException {
        var ports = FreePorts.find(names.size()).iterator();
        var addresses = new TreeMap<String, InetSocketAddress>();
        for (var name : names) {
            addresses.put(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.next()));
        }
        return addresses;
    }

    @Override
    public void close() {
        arbiters.values().forEach(CpArbiter::close);
    }
}
