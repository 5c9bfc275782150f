package io.rota.membership.sim;

import io.rota.membership.MemberState;
import io.rota.membership.protocol.Event;
import java.time.Duration;
import java.util.Arrays;

/**
 * Lifeguard's interval experiment (section V): some members are blocked and run in turns until two minutes are over, after a quiet start. Counts the
 * declarations of death whose subject was healthy all the time, at any observer and at healthy ones.
 */
final class AnomalyTrial implements SimListener {

    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final Duration TOTAL = Duration.ofMinutes(2);

    private final Variant variant;
    private final Stall kind;
    private final boolean[] anomalous;
    private long falseDeaths;
    private long falseDeathsAtHealthy;
    private long messages;
    private long bytes;

    AnomalyTrial(Variant variant, Stall kind, int members) {
        this.anomalous = new boolean[members];
        this.variant = variant;
        this.kind = kind;
    }

    void run(int concurrent, Duration blocked, Duration running, long seed) {
        SimCluster cluster = SimCluster.createShared(seed, variant.settings());
        Arrays.fill(anomalous, false);
        cluster.listen(this);
        cluster.startPreformed(anomalous.length);
        cluster.run(QUIET);
        for (int i = 0; i < concurrent; i++) {
            int victim = (int) ((i * 37L + seed * 11) % anomalous.length);
            anomalous[victim] = true;
            alternate(cluster, victim, blocked, running);
        }
        cluster.run(TOTAL.minus(QUIET));
        messages += cluster.injected().sent();
        bytes += cluster.injected().bytes();
    }

    private void alternate(SimCluster cluster, int victim, Duration blocked, Duration running) {
        cluster.stall(victim, kind, blocked);
        cluster.after(blocked.plus(running), () -> alternate(cluster, victim, blocked, running));
    }

    @Override
    public void onEvent(long nowNanos, String node, Event event) {
        if (event instanceof Event.StateChanged changed
                && changed.state() == MemberState.DEAD
                && !isAnomalous(changed.name())) {
            falseDeaths++;
            falseDeathsAtHealthy += isAnomalous(node) ? 0 : 1;
        }
    }

    private boolean isAnomalous(String name) {
        return anomalous[Integer.parseInt(name.substring(1))];
    }

    long falseDeaths() {
        return falseDeaths;
    }

    long falseDeathsAtHealthy() {
        return falseDeathsAtHealthy;
    }

    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }
}
