package io.rota.membership.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.membership.Keyring;
import io.rota.membership.MemberState;
import io.rota.membership.Membership;
import io.rota.membership.MembershipConfig;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What can be wrong outside: keys, seeds, strangers. On real sockets; each wait has a limit. */
class LoopbackTroubleIT {

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final LoopbackNodes nodes = new LoopbackNodes();
    private final int port1 = LoopbackNodes.freePort();
    private final int port2 = LoopbackNodes.freePort();

    @AfterEach
    void closeAll() {
        nodes.close();
    }

    @Test
    void wrongKeyIsToldOnBothSidesAndNobodyJoins() {
        nodes.start("n1", port1, List.of());

        nodes.start(withKeys(LoopbackNodes.config("n2", port2, List.of(port1)), LoopbackNodes.key(2)));

        await().atMost(Duration.ofSeconds(3)).until(() -> counter("n1", "dropped.unsealed") > 0);
        await().atMost(Duration.ofSeconds(3)).until(() -> counter("n2", "event.seedsilent") > 0);
        assertThat(counter("n2", "dials.closed")).isPositive();
        assertThat(nodes.node("n1").view().members()).hasSize(1);
        assertThat(nodes.node("n2").view().members()).hasSize(1);
    }

    @Test
    void otherClusterNameNeverMerges() {
        nodes.start("n1", port1, List.of());
        MembershipConfig config = LoopbackNodes.config("n2", port2, List.of(port1));

        nodes.start(new MembershipConfig(
                "other",
                config.nodeName(),
                config.bind(),
                config.advertise(),
                config.seeds(),
                config.keys(),
                config.settings()));

        await().atMost(Duration.ofSeconds(3)).until(() -> counter("n1", "dropped.unsealed") > 0);
        assertThat(nodes.node("n1").view().members()).hasSize(1);
    }

    @Test
    void seedThatDoesNotAnswerIsToldAfterFiveSecondsAndDialledOn() {
        Membership alone = nodes.start("n1", port1, List.of(port1, port2));

        await().atMost(Duration.ofSeconds(8)).until(() -> counter("n1", "event.seedsilent") > 0);
        assertThat(alone.view().members()).hasSize(1);

        nodes.start("n2", port2, List.of());

        await().atMost(Duration.ofSeconds(12)).until(() -> nodes.agreeOnLive(2));
    }

    /** memberlist Join_DeadNode: a seed that accepts and says nothing holds up nothing. */
    @Test
    void muteSeedDoesNotHoldUpTheJoin() throws IOException {
        nodes.start("n1", port1, List.of());

        try (ServerSocket mute = new ServerSocket(port2, 10, LoopbackNodes.LOOPBACK)) {
            nodes.start("n2", LoopbackNodes.freePort(), List.of(mute.getLocalPort(), port1));

            await().atMost(Duration.ofSeconds(3)).until(() -> nodes.agreeOnLive(2));
            await().atMost(Duration.ofSeconds(15)).until(() -> counter("n2", "dials.timed_out") > 0);
        }
    }

    /** memberlist Join_IPv6. */
    @Test
    void nodesJoinOverIpv6() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(IPV6_LOOPBACK);
        Assumptions.assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 on this machine");
        for (int i = 0; i < 2; i++) {
            InetSocketAddress address = new InetSocketAddress(loopback, i == 0 ? port1 : port2);
            nodes.start(new MembershipConfig(
                    "test",
                    "n" + i,
                    address,
                    address,
                    List.of(Seed.parse("[::1]:" + port1)),
                    LoopbackNodes.key(1),
                    ProtocolSettings.lan()));
        }

        await().atMost(Duration.ofSeconds(3)).until(() -> nodes.agreeOnLive(2));
    }

    @Test
    void keysRotateWhileRunningWithoutLosingANode() {
        Keyring old = LoopbackNodes.key(1);
        byte[] fresh = LoopbackNodes.key(9).keys().get(0);
        nodes.start("n1", port1, List.of());
        nodes.start("n2", port2, List.of(port1));
        await().atMost(Duration.ofSeconds(2)).until(() -> nodes.agreeOnLive(2));

        both(old.add(fresh));
        both(old.add(fresh).use(fresh));
        both(old.add(fresh).use(fresh).remove(old.keys().get(0)));

        long received = counter("n2", "datagrams.received");
        await().atMost(Duration.ofSeconds(6)).until(() -> counter("n2", "datagrams.received") > received + 6);
        assertThat(nodes.agreeOnLive(2)).isTrue();
        assertThat(counter("n1", "dropped.unsealed")).isZero();
        assertThat(nodes.allSee("n2", MemberState.ALIVE)).isTrue();
    }

    @Test
    void garbageOnBothPortsIsCountedAndChangesNothing() throws IOException {
        nodes.start("n1", port1, List.of());
        InetSocketAddress target = new InetSocketAddress(LoopbackNodes.LOOPBACK, port1);

        try (DatagramSocket udp = new DatagramSocket();
                Socket tcp = new Socket(target.getAddress(), target.getPort())) {
            udp.send(new DatagramPacket(new byte[3], 3, target));
            udp.send(new DatagramPacket(new byte[900], 900, target));
            udp.send(new DatagramPacket(new byte[4000], 4000, target));
            tcp.getOutputStream().write(new byte[] {0x7F, 0x7F, 0x7F, 0x7F, 1});
            tcp.setSoTimeout(3000);

            assertThat(tcp.getInputStream().read()).isEqualTo(-1);
        }

        await().atMost(Duration.ofSeconds(2)).until(() -> counter("n1", "dropped.unsealed") == 2);
        assertThat(counter("n1", "dropped.oversized")).isEqualTo(1);
        assertThat(nodes.node("n1").view().members()).hasSize(1);
    }

    private void both(Keyring keys) {
        nodes.node("n1").updateKeys(keys);
        nodes.node("n2").updateKeys(keys);
    }

    private long counter(String node, String name) {
        return nodes.node(node).counters().getOrDefault(name, 0L);
    }

    private static MembershipConfig withKeys(MembershipConfig config, Keyring keys) {
        return new MembershipConfig(
                config.clusterName(),
                config.nodeName(),
                config.bind(),
                config.advertise(),
                config.seeds(),
                keys,
                config.settings());
    }
}
