package io.rota.membership.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipConfig;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member whose port is forwarded: it listens on one port and is reached, by UDP and by TCP, at another one that it advertises. */
class ForwardedPortIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final LoopbackNodes nodes = new LoopbackNodes();
    private final int port1 = LoopbackNodes.freePort();
    private final int port2 = LoopbackNodes.freePort();
    private final int outerPort = LoopbackNodes.freePort();
    private final int innerPort = LoopbackNodes.freePort();

    @AfterEach
    void closeAll() {
        nodes.close();
    }

    @Test
    void memberBehindAForwarderIsReachedAtTheAdvertisedPort() throws IOException {
        try (Forwarder forwarder = new Forwarder(outerPort, innerPort)) {
            nodes.start("n1", port1, List.of(outerPort));
            nodes.start("n2", port2, List.of(port1));
            nodes.start(forwarded("n3", List.of()));

            await().atMost(SOON).until(() -> nodes.agreeOnLive(3));
            await().atMost(SOON).until(() -> forwarder.datagrams() >= 10 && forwarder.connections() >= 1);
            nodes.node("n3").updateMetadata(metadata());
            await().atMost(SOON)
                    .until(() -> nodes.node("n1")
                            .view()
                            .find("n3")
                            .filter(member -> member.metadata().equals(metadata()))
                            .isPresent());

            for (String peer : List.of("n1", "n2")) {
                Member member = nodes.node(peer).view().find("n3").orElseThrow();
                assertThat(member.state()).isEqualTo(MemberState.ALIVE);
                assertThat(member.address().getPort()).isEqualTo(outerPort);
                assertThat(nodes.node(peer).counters()).doesNotContainKey("event.datagramslost");
            }
        }
    }

    @Test
    void memberWhosePortIsForwardedNowhereIsNotAdmitted() {
        nodes.start("n1", port1, List.of());
        nodes.start(forwarded("n3", List.of(new Seed("", "127.0.0.1", port1))));

        await().atMost(SOON).until(() -> nodes.node("n1").counters().getOrDefault("event.notdialledback", 0L) > 0);

        assertThat(nodes.node("n1").view().find("n3")).isEmpty();
    }

    private MembershipConfig forwarded(String name, List<Seed> seeds) {
        return new MembershipConfig(
                "test",
                name,
                new InetSocketAddress(LoopbackNodes.LOOPBACK, innerPort),
                new InetSocketAddress(LoopbackNodes.LOOPBACK, outerPort),
                seeds,
                LoopbackNodes.key(1),
                ProtocolSettings.lan());
    }

    private static MemberMetadata metadata() {
        return new MemberMetadata("", "", "", Map.of("k", "v"), 1, 1, Participation.ACTIVE, "", 1, 1, true);
    }
}
