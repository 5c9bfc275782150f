package io.rota.membership.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Membership;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipException;
import io.rota.membership.MembershipListener;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole module on real sockets of the loopback interface. Each wait has a limit; none sleeps. */
class LoopbackClusterIT {

    private final LoopbackNodes nodes = new LoopbackNodes();
    private final int port1 = LoopbackNodes.freePort();
    private final int port2 = LoopbackNodes.freePort();
    private final int port3 = LoopbackNodes.freePort();
    private final List<Integer> seeds = List.of(port1, port2, port3);

    @AfterEach
    void closeAll() {
        nodes.close();
    }

    @Test
    void threeNodesJoinWithinTwoSeconds() {
        startThree();

        assertThat(nodes.node("n1").view().live().stream().map(Member::name)).containsExactly("n1", "n2", "n3");
    }

    @Test
    void killedProcessIsKnownToAllSurvivorsInTwoAndAHalfSeconds() {
        startThree();

        nodes.kill("n2");

        await().atMost(Duration.ofMillis(2500)).until(() -> nodes.allSee("n2", MemberState.DEAD));
    }

    @Test
    void lastOfTwoNodesLearnsOfADeathAlone() {
        nodes.start("n1", port1, seeds);
        nodes.start("n2", port2, seeds);
        await().atMost(Duration.ofSeconds(3)).until(() -> nodes.agreeOnLive(2));

        nodes.kill("n2");

        await().atMost(Duration.ofMillis(2500)).until(() -> nodes.allSee("n2", MemberState.DEAD));
    }

    @Test
    void restartedProcessSupersedesItsOldSelfAtOnce() {
        startThree();
        long oldBoot = nodes.node("n2").bootId();
        nodes.kill("n2");

        Membership restarted = nodes.start("n2", port2, seeds);

        await().atMost(Duration.ofSeconds(3)).until(() -> nodes.agreeOnLive(3));
        assertThat(restarted.bootId()).isNotEqualTo(oldBoot);
        assertThat(bootSeenBy("n1", "n2")).isEqualTo(restarted.bootId());
        assertThat(bootSeenBy("n3", "n2")).isEqualTo(restarted.bootId());
    }

    @Test
    void leaverIsAcknowledgedAndSeenAsLeft() {
        startThree();

        boolean acknowledged = nodes.node("n3").leave(Duration.ofSeconds(3));

        assertThat(acknowledged).isTrue();
        nodes.kill("n3");
        await().atMost(Duration.ofSeconds(2)).until(() -> nodes.allSee("n3", MemberState.LEFT));
    }

    @Test
    void metadataUpdateReachesAll() {
        startThree();

        nodes.node("n1").updateMetadata(MemberMetadata.empty().with(Participation.DRAINING));

        await().atMost(Duration.ofSeconds(2))
                .until(() -> participationSeenBy("n2", "n1") == Participation.DRAINING
                        && participationSeenBy("n3", "n1") == Participation.DRAINING);
    }

    @Test
    void outsideProofOfDeathIsPublishedAtOnceAndContradictedByTheLiving() {
        startThree();
        long boot = nodes.node("n3").bootId();

        nodes.node("n1").proveDead("n3", boot);

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> nodes.published("n2").stream().anyMatch(view -> isDead(view, "n3")));
        await().atMost(Duration.ofSeconds(5)).until(() -> nodes.agreeOnLive(3));
        assertThat(participationSeenBy("n1", "n3")).isEqualTo(Participation.JOINING);
    }

    @Test
    void proofAgainstAnotherBootIsIgnored() {
        startThree();

        nodes.node("n1").proveDead("n3", nodes.node("n3").bootId() + 1);
        nodes.node("n1").proveDead("n2", nodes.node("n2").bootId());

        await().atMost(Duration.ofSeconds(1))
                .until(() -> nodes.published("n1").stream().anyMatch(view -> isDead(view, "n2")));
        assertThat(nodes.published("n1")).noneMatch(view -> isDead(view, "n3"));
    }

    @Test
    void portInUseIsOneClearLineWithARemedy() {
        nodes.start("n1", port1, seeds);
        MembershipConfig config = LoopbackNodes.config("n2", port1, seeds);

        assertThatThrownBy(() -> SocketMembership.start(config, MemberMetadata.empty(), view -> {}))
                .isInstanceOf(MembershipException.class)
                .hasMessageContaining("127.0.0.1:" + port1)
                .hasMessageContaining("choose another gossip port");
    }

    @Test
    void secondLiveProcessOfOneNameIsRefused() {
        startThree();
        long holder = nodes.node("n1").bootId();

        int port4 = LoopbackNodes.freePort();
        LoopbackNodes rival = new LoopbackNodes();
        rival.start("n1", port4, seeds);

        await().atMost(Duration.ofSeconds(4))
                .until(() -> rival.node("n1").counters().containsKey("event.nameconflict"));
        rival.close();
        assertThat(nodes.node("n1").counters()).doesNotContainKey("event.nameconflict");
        assertThat(bootSeenBy("n2", "n1")).isEqualTo(holder);
        assertThat(bootSeenBy("n3", "n1")).isEqualTo(holder);
    }

    private void startThree() {
        nodes.start("n1", port1, seeds);
        nodes.start("n2", port2, seeds);
        nodes.start("n3", port3, seeds);
        await().atMost(Duration.ofSeconds(2)).until(() -> nodes.agreeOnLive(3));
    }

    private long bootSeenBy(String observer, String subject) {
        return nodes.node(observer).view().find(subject).orElseThrow().bootId();
    }

    private Participation participationSeenBy(String observer, String subject) {
        return nodes.node(observer)
                .view()
                .find(subject)
                .orElseThrow()
                .metadata()
                .participation();
    }

    private static boolean isDead(MembershipView view, String name) {
        return view.find(name).map(member -> member.state() == MemberState.DEAD).orElse(false);
    }

    @Test
    void aNamesakeWhoseOnlySeedIsTheHolderIsToldThatTheNameIsTaken() throws MembershipException {
        nodes.start("n1", port1, List.of());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> nodes.node("n1").view().live().size() == 1);
        var taken = new CompletableFuture<InetSocketAddress>();
        var listener = new MembershipListener() {
            @Override
            public void onView(MembershipView view) {
                // The test waits for the other call.
            }

            @Override
            public void onNameTaken(InetSocketAddress holder) {
                taken.complete(holder);
            }
        };
        var plain = LoopbackNodes.config("n1", port2, List.of());
        var config = new MembershipConfig(
                plain.clusterName(),
                "n1",
                plain.bind(),
                plain.advertise(),
                List.of(new Seed("n1", "127.0.0.1", port1)),
                plain.keys(),
                plain.settings());

        try (var namesake = SocketMembership.start(config, MemberMetadata.empty(), listener)) {
            await().atMost(Duration.ofSeconds(10)).until(taken::isDone);

            assertThat(taken.join().getPort()).isEqualTo(port1);
            assertThat(namesake.bootId()).isNotEqualTo(nodes.node("n1").bootId());
        }
    }
}
