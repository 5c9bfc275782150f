package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are set, cuts that walk, links that come and go. */
class HardNetworkSimTest {

    private final SimCluster cluster = SimCluster.create(17, ProtocolSettings.lan());
    private final RunLog log = new RunLog();

    /** The only clock that the core is told of is set back: time goes on from there, nobody is accused, deaths are still found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 60, 86_400})
    void clockSetBackAccusesNobodyAndDelaysNothing(long seconds) {
        formed(10);

        cluster.shiftClock(3, Duration.ofSeconds(-seconds));
        cluster.run(Duration.ofSeconds(30));
        assertThat(log.changes().stream()
                        .filter(c -> c.event().state() != MemberState.ALIVE)
                        .toList())
                .isEmpty();
        assertThat(log.count(MemberState.SUSPECT) + log.count(MemberState.DEAD)).isZero();
        for (int node = 0; node < 10; node++) {
            if (node != 7) {
                cluster.shiftClock(node, Duration.ofSeconds(-seconds));
            }
        }
        cluster.kill(7);
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(9), Duration.ofSeconds(30));

        assertThat(took).isLessThan(Duration.ofMillis(2500));
        assertThat(cluster.injected().clockShifts).isEqualTo(10);
    }

    /** Set forward, it looks like a stall: own verdicts are void, and nobody is accused. */
    @Test
    void clockSetForwardAccusesNobody() {
        formed(10);

        cluster.shiftClock(3, Duration.ofHours(1));
        cluster.run(Duration.ofSeconds(30));

        assertThat(log.count(MemberState.SUSPECT) + log.count(MemberState.DEAD)).isZero();
        assertThat(log.events("Stalled")).isEqualTo(1);
    }

    /** A partition that walks through the members, three times round: afterwards there is one view, and nobody is buried by the healing. */
    @Test
    void rollingPartitionHeals() {
        formed(12);

        for (int turn = 0; turn < 36; turn++) {
            int[] sides = new int[12];
            for (int i = 0; i < 3; i++) {
                sides[(turn + i) % 12] = 1;
            }
            cluster.partition(sides);
            cluster.run(Duration.ofSeconds(8));
        }
        cluster.mend();
        cluster.run(Duration.ofMillis(100));
        log.clear();
        Duration took = cluster.runUntil(() -> cluster.agreeOnLive(12), Duration.ofMinutes(1));

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(cluster.injected().cut()).isGreaterThan(1000);
    }

    @Test
    void linkThatComesAndGoesMovesTheWorkOnce() {
        FlipFlop flipFlop = new FlipFlop(40, 1, 3);

        flipFlop.run(Duration.ofMinutes(4));

        assertThat(flipFlop.mostTransitions()).isLessThanOrEqualTo(2);
        assertThat(flipFlop.deaths()).isPositive();
        assertThat(flipFlop.falseDeaths()).isZero();
    }

    /** Seeds in which a member that had lain deaf once buried a healthy one with its first words. */
    @ParameterizedTest
    @ValueSource(longs = {4, 7})
    void memberThatHearsAgainBuriesNobody(long seed) {
        FlipFlop flipFlop = new FlipFlop(100, 1, seed);

        flipFlop.run(Duration.ofMinutes(8));

        assertThat(flipFlop.deaths()).isPositive();
        assertThat(flipFlop.falseDeaths()).isZero();
    }

    /** All were cut off, as by a switch that restarts: most take work again after the quiet time, and only the rest waits longer. */
    @Test
    void whereAllWereCutOffWorkGoesOnAfterTheQuietTime() {
        formed(5);

        cluster.partition(0, 1, 2, 3, 4);
        cluster.run(Duration.ofSeconds(60));
        cluster.mend();
        cluster.run(Duration.ofSeconds(15));
        assertThat(atWork()).isGreaterThanOrEqualTo(3);
        cluster.run(Duration.ofSeconds(35));

        assertThat(atWork()).isEqualTo(5);
    }

    private long atWork() {
        return cluster.belief(0).live().stream()
                .filter(member -> member.metadata().participation() == Participation.ACTIVE)
                .count();
    }

    private void formed(int count) {
        cluster.listen(log);
        cluster.startPreformed(count);
        cluster.run(Duration.ofSeconds(3));
    }
}
