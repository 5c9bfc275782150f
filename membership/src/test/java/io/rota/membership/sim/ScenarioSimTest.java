package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios that other projects test, or wish they had; each names its source. */
class ScenarioSimTest {

    private final SimCluster cluster = SimCluster.create(11, ProtocolSettings.lan());
    private final RunLog log = new RunLog();

    /** scalecube NetworkPartitionBetweenTwoMembers*: one cut link, in one direction or both, suspects nobody for long. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void oneCutLinkKillsNobody(boolean there, boolean back) {
        formed(8);

        if (there) {
            cluster.cutOneWay(1, 2);
        }
        if (back) {
            cluster.cutOneWay(2, 1);
        }
        cluster.run(Duration.ofMinutes(3));

        assertThat(log.count(MemberState.DEAD)).isZero();
        assertThat(cluster.injected().cut()).isPositive();
    }

    /** memberlist FallbackTCP: a pair whose datagrams are lost stays alive by TCP, and it is told. */
    @Test
    void lostDatagramsAreMadeUpForByTcpAndTold() {
        formed(2);

        cluster.cutDatagrams(0, 1);
        cluster.run(Duration.ofMinutes(1));

        assertThat(log.count(MemberState.DEAD)).isZero();
        assertThat(log.events("DatagramsLost")).isPositive();
    }

    /** scalecube NodeJoinClusterWithNoInboundThenInboundRecover, memberlist #45: who cannot be dialled back is not let in, until it can. */
    @Test
    void newcomerWithoutInboundIsNotAdmittedUntilItRecovers() {
        formed(3);
        for (int node = 0; node < 3; node++) {
            cluster.cutOneWay(node, 3);
        }

        cluster.start(1);
        cluster.run(Duration.ofSeconds(20));
        assertThat(cluster.belief(0).live()).hasSize(3);
        cluster.mend();
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(4), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofSeconds(15));
    }

    /** Rapid fiftyNodesJoinTwentyNodeCluster. */
    @Test
    void fiftyNodesJoinTwenty() {
        formed(20);

        cluster.start(50);
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(70), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofSeconds(6));
    }

    /** Rapid failRandomQuarter and failRandomThird, without a word from their hosts. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void survivorsOfALargeCrashAgree(int everyNth) {
        formed(48);

        for (int node = 0; node < 48; node += everyNth) {
            cluster.vanish(node);
        }
        int survivors = 48 - 48 / everyNth;
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(survivors), Duration.ofMinutes(1));

        assertThat(took).isLessThan(Duration.ofSeconds(12));
    }

    /** ringpop PartitionHealWithMultiplePartitions: three ways, then healed, with nobody buried by the merge. */
    @Test
    void threeWayPartitionHeals() {
        formed(15);
        int[] sides = new int[15];
        for (int node = 0; node < 15; node++) {
            sides[node] = node % 3;
        }

        cluster.partition(sides);
        cluster.run(Duration.ofMinutes(1));
        log.clear();
        cluster.mend();
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(15), Duration.ofMinutes(1));

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(log.count(MemberState.DEAD)).isZero();
    }

    /** serf #333, memberlist #222: also when no seed is left, the remembered dead are dialled. */
    @Test
    void partitionHealsWithoutASingleSeed() {
        formed(12);
        for (int seed = 0; seed < 3; seed++) {
            cluster.vanish(seed);
        }
        cluster.runUntil(() -> cluster.agreeOnLive(9), Duration.ofSeconds(30));

        cluster.partition(0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2);
        cluster.run(Duration.ofMinutes(2));
        cluster.mend();
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(9), Duration.ofMinutes(1));

        assertThat(took).isLessThan(Duration.ofSeconds(12));
    }

    /** Two nodes cut apart: each keeps the other as dead, and both are one again soon after. */
    @Test
    void twoNodesCutApartAreOneAgainSoon() {
        formed(2);

        cluster.partition(0, 1);
        cluster.run(Duration.ofMinutes(1));
        assertThat(cluster.belief(0).live()).hasSize(1);
        cluster.mend();
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(2), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofSeconds(3));
    }

    /** chitchat faulty_network_stability: half of all datagrams lost for 30 s, nobody lost. */
    @Test
    void halfOfAllDatagramsLostKillsNobody() {
        formed(10);

        cluster.faults(NetworkFaults.none().withLoss(0.5));
        cluster.run(Duration.ofSeconds(30));

        assertThat(log.count(MemberState.DEAD)).isZero();
        assertThat(cluster.injected().lost()).isPositive();
    }

    /** restate #5156: an observer that wakes from a long pause with a full inbox declares nobody dead. */
    @Test
    void wakingObserverDeclaresNobodyDead() {
        formed(5);
        log.clear();

        cluster.stall(1, Stall.FROZEN, Duration.ofSeconds(40));
        cluster.run(Duration.ofMinutes(1));

        assertThat(log.changes())
                .noneMatch(change -> change.observer().equals(cluster.name(1))
                        && change.event().state() == MemberState.DEAD);
    }

    /** scalecube RestartStoppedMembersOnSameAddresses, pekko QuickRestartSpec: again and again, with never a false death of the new process. */
    @Test
    void quickRestartsNeverKillTheNewProcess() {
        formed(5);

        for (int round = 0; round < 10; round++) {
            cluster.kill(2);
            cluster.run(Duration.ofMillis(150L * round));
            cluster.restart(2);
            Duration took = cluster.runUntil(() -> cluster.agreeOnLive(5), Duration.ofSeconds(30));

            assertThat(took).isLessThan(Duration.ofSeconds(4));
        }
    }

    /** serf leave while suspected, scalecube LeaveClusterOnSuspectedNode: the goodbye wins over the suspicion. */
    @Test
    void suspectedMemberCanStillLeave() {
        formed(5);
        cluster.stall(3, Stall.FROZEN, Duration.ofMillis(2600));
        cluster.run(Duration.ofMillis(2601));

        cluster.leave(3);
        cluster.run(Duration.ofSeconds(5));

        for (int node = 0; node < 3; node++) {
            assertThat(cluster.belief(node).find(cluster.name(3)).orElseThrow().state())
                    .isEqualTo(MemberState.LEFT);
        }
        assertThat(log.events("Left")).isEqualTo(1);
    }

    /** serf reconnect after leave: a node that left comes back as a new process, undamped. */
    @Test
    void nodeThatLeftComesBackAtOnceAndActive() {
        formed(3);
        cluster.leave(2);
        cluster.run(Duration.ofSeconds(2));
        cluster.kill(2);
        cluster.run(Duration.ofSeconds(2));

        cluster.restart(2);
        cluster.runUntil(() -> cluster.agreeOnLive(3), Duration.ofSeconds(10));

        assertThat(participationOf(2)).isEqualTo(Participation.ACTIVE);
    }

    /** A node that was proven dead and restarts is JOINING for the quiet time, at every observer alike. */
    @Test
    void crashedNodeComesBackAsJoiningThenActive() {
        formed(3);
        cluster.kill(2);
        cluster.run(Duration.ofSeconds(3));

        cluster.restart(2);
        cluster.runUntil(() -> cluster.agreeOnLive(3), Duration.ofSeconds(10));
        assertThat(participationOf(2)).isEqualTo(Participation.JOINING);
        cluster.run(Duration.ofSeconds(6));

        assertThat(participationOf(2)).isEqualTo(Participation.ACTIVE);
    }

    /** memberlist AliveNode_ChangeMeta: each change reaches all, under loss too. */
    @Test
    void metadataChangesReachAllUnderLoss() {
        formed(20);
        cluster.faults(NetworkFaults.none().withLoss(0.2));

        cluster.describe(4, MemberMetadata.empty().with(Participation.DRAINING));
        Duration took = cluster.runUntil(() -> allSeeDraining(4), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofSeconds(3));
    }

    /** Rapid's 80 % egress loss on one node: no healthy node ever loses a healthy peer. */
    @Test
    void nodeThatLosesMostOfWhatItSendsHarmsOnlyItself() {
        AccusationChecker accusations = new AccusationChecker("n0000"::equals);
        cluster.listen(accusations);
        formed(20);

        cluster.loseFrom(0, 0.8);
        cluster.run(Duration.ofMinutes(5));

        assertThat(accusations.violations()).isEmpty();
        assertThat(cluster.injected().lost()).isPositive();
    }

    private void formed(int count) {
        cluster.listen(log);
        cluster.startPreformed(count);
        cluster.run(Duration.ofSeconds(3));
    }

    private Participation participationOf(int node) {
        return cluster.belief(0)
                .find(cluster.name(node))
                .orElseThrow()
                .metadata()
                .participation();
    }

    private boolean allSeeDraining(int subject) {
        for (int node = 0; node < cluster.size(); node++) {
            Participation seen = cluster.belief(node)
                    .find(cluster.name(subject))
                    .orElseThrow()
                    .metadata()
                    .participation();
            if (seen != Participation.DRAINING) {
                return false;
            }
        }
        return true;
    }
}
