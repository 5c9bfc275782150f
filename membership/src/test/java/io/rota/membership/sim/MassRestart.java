package io.rota.membership.sim;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import java.util.SplittableRandom;

/** All hundred nodes are killed and started again within five seconds, in any order (memberlist #311: some stayed falsely dead for ever). */
final class MassRestart {

    private static final int MEMBERS = 100;
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    private final SimCluster cluster;
    private final SplittableRandom random;
    private int falselyDead;

    MassRestart(long seed) {
        this.cluster = SimCluster.createShared(seed, ProtocolSettings.lan());
        this.random = new SplittableRandom(seed);
    }

    /** The time until all agree. */
    Duration run() {
        cluster.startPreformed(MEMBERS);
        cluster.run(Duration.ofSeconds(3));
        long[] upSince = new long[MEMBERS];
        for (int node = 0; node < MEMBERS; node++) {
            int restarted = node;
            long downAtMillis = random.nextLong(4000);
            cluster.after(Duration.ofMillis(downAtMillis), () -> cluster.kill(restarted));
            cluster.after(Duration.ofMillis(downAtMillis + 100 + random.nextLong(900)), () -> {
                cluster.restart(restarted);
                upSince[restarted] = cluster.nowNanos();
            });
        }
        cluster.run(Duration.ofSeconds(5));
        long began = cluster.nowNanos();
        while (!cluster.agreeOnLive(MEMBERS) && cluster.nowNanos() - began < 60_000_000_000L) {
            cluster.run(Duration.ofMillis(250));
            countFalselyDead(upSince);
        }
        return Duration.ofNanos(cluster.nowNanos() - began);
    }

    private void countFalselyDead(long[] upSince) {
        for (int observer = 0; observer < MEMBERS; observer++) {
            for (Member member : cluster.belief(observer).members()) {
                long upNanos = cluster.nowNanos() - upSince[cluster.indexOf(member.name())];
                if (member.state() == MemberState.DEAD && upNanos > TOLERATED.toNanos()) {
                    falselyDead++;
                }
            }
        }
    }

    /** Pairs of observer and subject, at each look, in which a live node was held for dead more than two seconds after it was up. */
    int falselyDead() {
        return falselyDead;
    }
}
