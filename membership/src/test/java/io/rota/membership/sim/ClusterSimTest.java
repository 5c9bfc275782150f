package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Join, death, return and healing in the simulator, one seed each. */
class ClusterSimTest {

    private final SimCluster cluster = SimCluster.create(1, ProtocolSettings.lan());
    private final RunLog log = new RunLog();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 100})
    void allWhoStartTogetherAgreeSoon(int count) {
        cluster.start(count);

        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(count), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void killedProcessIsKnownToAllInAboutASecond() {
        cluster.startPreformed(20);
        cluster.run(Duration.ofSeconds(5));

        cluster.kill(7);
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(19), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofMillis(2500));
    }

    @Test
    void silentHostIsDeadInSixSeconds() {
        cluster.startPreformed(20);
        cluster.run(Duration.ofSeconds(5));

        cluster.vanish(7);
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(19), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void partitionHealsAndNobodyStaysDead() {
        cluster.listen(log);
        cluster.startPreformed(20);
        cluster.run(Duration.ofSeconds(5));
        int[] sides = new int[20];
        for (int i = 0; i < 10; i++) {
            sides[i] = 1;
        }

        cluster.partition(sides);
        cluster.run(Duration.ofMinutes(2));
        assertThat(cluster.belief(0).live()).hasSize(10);
        log.clear();
        cluster.mend();
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(20), Duration.ofSeconds(60));

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(log.count(MemberState.DEAD)).isZero();
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        assertThat(traceOf(42)).isEqualTo(traceOf(42)).isNotEqualTo(traceOf(43));
    }

    private static long traceOf(long seed) {
        SimCluster run = SimCluster.create(seed, ProtocolSettings.lan());
        run.faults(NetworkFaults.none().withLoss(0.1));
        run.start(12);
        run.run(Duration.ofSeconds(20));
        run.kill(3);
        run.stall(4, Stall.FROZEN, Duration.ofSeconds(3));
        run.run(Duration.ofSeconds(20));
        assertThat(run.injected().lost()).isPositive();
        return run.traceHash();
    }
}
