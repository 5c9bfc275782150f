package io.rota.membership.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rota.membership.Keyring;
import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Membership;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipException;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Keys that change, addresses that are not the bound ones, a listener that is slow. On real sockets; each wait has a limit. */
class LoopbackRotationIT {

    private final LoopbackNodes nodes = new LoopbackNodes();
    private final int port1 = LoopbackNodes.freePort();
    private final int port2 = LoopbackNodes.freePort();
    private final int port3 = LoopbackNodes.freePort();

    @AfterEach
    void closeAll() {
        nodes.close();
    }

    @Test
    void keyIsUsedAndRemovedOnlyWhereNobodyIsCutOff() {
        byte[] old = LoopbackNodes.key(1).keys().get(0);
        byte[] fresh = LoopbackNodes.key(9).keys().get(0);
        nodes.start("n1", port1, List.of());
        nodes.start("n2", port2, List.of(port1));
        nodes.start("n3", port3, List.of(port1));
        await().atMost(Duration.ofSeconds(3)).until(() -> nodes.agreeOnLive(3));

        nodes.node("n1").addKey(fresh);
        nodes.node("n2").addKey(fresh);
        await().atMost(Duration.ofSeconds(3))
                .until(() -> nodes.node("n1").useKey(fresh).equals(List.of("n3")));
        nodes.node("n3").addKey(fresh);
        await().atMost(Duration.ofSeconds(3))
                .until(() -> nodes.node("n1").useKey(fresh).isEmpty());
        await().atMost(Duration.ofSeconds(3))
                .until(() -> nodes.node("n2").useKey(fresh).isEmpty());
        assertThat(nodes.node("n1").removeKey(old)).contains("n3");
        assertThatThrownBy(() -> nodes.node("n3").removeKey(old)).hasMessageContaining("primary");
        await().atMost(Duration.ofSeconds(3))
                .until(() -> nodes.node("n3").useKey(fresh).isEmpty());
        for (String node : List.of("n1", "n2", "n3")) {
            await().atMost(Duration.ofSeconds(3))
                    .until(() -> nodes.node(node).removeKey(old).isEmpty());
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> nodes.agreeOnLive(3));
        assertThat(counter("n1", "dropped.unsealed") + counter("n2", "dropped.unsealed"))
                .isZero();
    }

    @Test
    void keyThatThisNodeDoesNotHoldIsRefused() {
        nodes.start("n1", port1, List.of());

        assertThatThrownBy(() -> nodes.node("n1").useKey(new byte[Keyring.KEY_BYTES]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add the key");
    }

    /** memberlist AdvertiseAddr: bound to all addresses, dialled at one that the packets do not come from. */
    @Test
    void advertisedAddressMayDifferFromTheBoundOne() throws IOException {
        Assumptions.assumeTrue(isThisMachine(loopback(2)), "only 127.0.0.1 is this machine's here");
        nodes.start(advertising("n1", port1, 2));
        nodes.start(advertising("n2", port2, 3));

        await().atMost(Duration.ofSeconds(3)).until(() -> nodes.agreeOnLive(2));
        assertThat(nodes.node("n1").view().find("n2").map(Member::address))
                .contains(new InetSocketAddress(loopback(3), port2));
        nodes.kill("n2");
        await().atMost(Duration.ofSeconds(4)).until(() -> nodes.allSee("n2", MemberState.DEAD));
    }

    /** serf's slow consumer: the protocol goes on, nobody is lost, and at last the newest view comes. */
    @Test
    void slowListenerStallsNothingAndGetsTheLatestView() throws MembershipException, InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong seen = new AtomicLong();
        Membership slow =
                SocketMembership.start(LoopbackNodes.config("n1", port1, List.of()), MemberMetadata.empty(), view -> {
                    try {
                        release.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    seen.set(view.version());
                });
        nodes.start("n2", port2, List.of(port1));
        nodes.start("n3", port3, List.of(port1));

        await().atMost(Duration.ofSeconds(4)).until(() -> slow.view().live().size() == 3);
        nodes.node("n2").updateMetadata(MemberMetadata.empty().with(Participation.DRAINING));
        await().atMost(Duration.ofSeconds(4)).until(() -> slow.counters().containsKey("views.skipped"));
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(6)).until(() -> nodes.agreeOnLive(3));
        assertThat(seen.get()).isZero();
        release.countDown();

        await().atMost(Duration.ofSeconds(2))
                .until(() -> seen.get() == slow.view().version());
        slow.close();
    }

    private MembershipConfig advertising(String name, int port, int lastByte) throws IOException {
        return new MembershipConfig(
                "test",
                name,
                new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port),
                new InetSocketAddress(loopback(lastByte), port),
                List.of(new Seed("", "127.0.0.2", port1)),
                LoopbackNodes.key(1),
                ProtocolSettings.lan());
    }

    /** On Linux the whole of 127/8 is this machine. */
    private static InetAddress loopback(int lastByte) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastByte});
    }

    private static boolean isThisMachine(InetAddress address) {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private long counter(String node, String name) {
        return nodes.node(node).counters().getOrDefault(name, 0L);
    }
}
