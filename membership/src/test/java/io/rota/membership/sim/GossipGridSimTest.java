package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One piece of news in a grid of sizes, losses and delays: it reaches all in time, and its copies are bounded. */
class GossipGridSimTest {

    private static final ProtocolSettings LAN = ProtocolSettings.lan();
    private static final Duration SPAN = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({
        "2, 0, 2", "2, 0.5, 100", "3, 0.1, 2", "3, 0.25, 100", "10, 0, 100", "10, 0.1, 2", "10, 0.25, 2",
        "10, 0.5, 100", "50, 0, 2", "50, 0, 100", "50, 0.1, 2", "50, 0.1, 100", "50, 0.25, 2", "50, 0.25, 100",
        "50, 0.5, 2", "50, 0.5, 100"
    })
    void newsReachAllInTimeAndWithinTheBoundOfCopies(int members, double loss, int delayMillis) {
        SimCluster cluster = SimCluster.create(members, LAN);
        RunLog log = new RunLog();
        cluster.listen(log);
        cluster.startPreformed(members);
        cluster.run(Duration.ofSeconds(5));
        cluster.faults(new NetworkFaults(loss, 0, delayMillis * 1_000_000L, 0));
        long quiet = sentIn(cluster, SPAN);

        MemberMetadata news = metadata();
        cluster.describe(0, news);
        long before = cluster.injected().sent();
        Duration took = cluster.runUntil(() -> allKnow(cluster, members, news), SPAN);
        cluster.run(SPAN.minus(took));
        long copies = cluster.injected().sent() - before - quiet;

        assertThat(took).isLessThan(Duration.ofMillis(1500 + 10L * delayMillis + (long) (4000 * loss)));
        assertThat(copies).isLessThan((long) members * limit(members) + noise(quiet, loss));
        assertThat(log.changes(cluster.name(0), MemberState.ALIVE))
                .extracting(change -> change.observer() + "@" + change.event().incarnation())
                .hasSizeGreaterThanOrEqualTo(members - 1)
                .doesNotHaveDuplicates();
    }

    /** Under loss two spans differ by chance in how many probes needed help. */
    private static long noise(long quiet, double loss) {
        return loss == 0 ? 0 : quiet / 4;
    }

    private static int limit(int members) {
        return LAN.spreading().lambda() * (int) Math.ceil(Math.log10(members + 1.0));
    }

    private static long sentIn(SimCluster cluster, Duration length) {
        long before = cluster.injected().sent();
        cluster.run(length);
        return cluster.injected().sent() - before;
    }

    private static boolean allKnow(SimCluster cluster, int members, MemberMetadata news) {
        for (int node = 0; node < members; node++) {
            if (!cluster.belief(node)
                    .find(cluster.name(0))
                    .orElseThrow()
                    .metadata()
                    .equals(news)) {
                return false;
            }
        }
        return true;
    }

    private static MemberMetadata metadata() {
        return new MemberMetadata("", "", "", Map.of("k", "v"), 1, 1, Participation.DRAINING, "", 1, 1, true);
    }
}
