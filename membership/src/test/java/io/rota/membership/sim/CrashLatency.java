package io.rota.membership.sim;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import java.util.List;

/** How long until every survivor knows that one member is gone: process killed (its host refuses), or host silent. */
final class CrashLatency {

    private final ProtocolSettings settings;
    private final boolean silent;
    private final Percentiles first = new Percentiles();
    private final Percentiles full = new Percentiles();
    private long falseDeaths;
    private long undetected;

    CrashLatency(ProtocolSettings settings, boolean silent) {
        this.settings = settings;
        this.silent = silent;
    }

    void run(int members, int crashes, long seed) {
        SimCluster cluster = SimCluster.create(seed, settings);
        RunLog log = new RunLog();
        cluster.listen(log);
        cluster.startPreformed(members);
        cluster.run(Duration.ofSeconds(12));
        for (int crash = 0; crash < crashes; crash++) {
            int victim = (int) ((seed * 7919 + crash * 31L) % members);
            cluster.run(Duration.ofMillis((crash * 377L) % 1000));
            crash(cluster, log, victim);
            cluster.restart(victim);
            cluster.runUntil(() -> cluster.agreeOnLive(members), Duration.ofSeconds(60));
            cluster.run(Duration.ofSeconds(12));
        }
    }

    private void crash(SimCluster cluster, RunLog log, int victim) {
        log.clear();
        long began = cluster.nowNanos();
        if (silent) {
            cluster.vanish(victim);
        } else {
            cluster.kill(victim);
        }
        int survivors = cluster.size() - 1;
        cluster.runUntil(() -> deaths(cluster, log, victim).size() >= survivors, Duration.ofSeconds(60));
        List<RunLog.Change> deaths = deaths(cluster, log, victim);
        if (deaths.size() < survivors) {
            undetected++;
            return;
        }
        first.add(deaths.get(0).nowNanos() - began);
        full.add(deaths.get(deaths.size() - 1).nowNanos() - began);
        falseDeaths += log.count(MemberState.DEAD) - deaths.size();
    }

    private static List<RunLog.Change> deaths(SimCluster cluster, RunLog log, int victim) {
        return log.changes(cluster.name(victim), MemberState.DEAD);
    }

    Percentiles first() {
        return first;
    }

    Percentiles full() {
        return full;
    }

    long falseDeaths() {
        return falseDeaths + undetected;
    }
}
