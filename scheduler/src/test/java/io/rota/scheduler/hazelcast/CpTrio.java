package io.rota.scheduler.hazelcast;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three arbiters' lock services in one JVM, on loopback ports that were free. Confined to the test thread. */
final class CpTrio implements AutoCloseable {
    /** A CP group takes 10 to 40 s to form on a busy machine. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int MEMBERS = 3;

    private final List<InetSocketAddress> addresses = freeAddresses(MEMBERS);
    private final List<HazelcastTaskLocks> locks = new ArrayList<>();

    CpTrio() throws IOException {
        for (var address : addresses) {
            locks.add(new HazelcastTaskLocks(settings(address, "the cluster's secret", addresses)));
        }
        locks.forEach(HazelcastTaskLocks::start);
        awaitReady(locks);
    }

    HazelcastTaskLocks locks(int member) {
        return locks.get(member);
    }

    InetSocketAddress address(int member) {
        return addresses.get(member);
    }

    List<InetSocketAddress> addresses() {
        return addresses;
    }

    /** Waits until all of these see a group of three that works. */
    static void awaitReady(List<HazelcastTaskLocks> members) {
        await().atMost(PATIENCE)
                .until(() -> members.stream()
                        .allMatch(member ->
                                member.status().ready() && member.status().members() == MEMBERS));
    }

    static HazelcastSettings settings(InetSocketAddress address, String secret, List<InetSocketAddress> live) {
        return new HazelcastSettings(
                "rota-test",
                address,
                MEMBERS,
                () -> live,
                new HazelcastSettings.Secret(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** All are looked for before any is let go, so that none is found twice. */
    static List<InetSocketAddress> freeAddresses(int count) throws IOException {
        var probes = new ArrayList<ServerSocket>();
        var free = new ArrayList<InetSocketAddress>();
        for (int i = 0; i < count; i++) {
            var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            probes.add(probe);
            free.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), probe.getLocalPort()));
        }
        for (var probe : probes) {
            probe.close();
        }
        return free;
    }

    @Override
    public void close() {
        locks.forEach(HazelcastTaskLocks::close);
    }
}
