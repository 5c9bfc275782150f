package io.rota.membership.sim;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.protocol.Event;
import java.time.Duration;
import java.util.SplittableRandom;

/** Nodes are stopped for 50 ms to 60 s, again and again; counts whom the stopped ones accuse of their own account after they wake. */
final class PauseTrial implements SimListener {

    private static final int MEMBERS = 20;
    private static final Duration AFTERMATH = Duration.ofSeconds(4);

    private final ProtocolSettings settings;
    private final boolean[] watched = new boolean[MEMBERS];
    private int suspects;
    private int deaths;
    private long stalls;

    PauseTrial(ProtocolSettings settings) {
        this.settings = settings;
    }

    void run(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimCluster cluster = SimCluster.createShared(seed, settings);
        cluster.listen(this);
        cluster.startPreformed(MEMBERS);
        cluster.run(Duration.ofSeconds(5));
        for (int i = 0; i < count; i++) {
            int paused = random.nextInt(MEMBERS);
            double exponent = random.nextDouble() * StrictMath.log(60_000.0 / 50);
            Duration length = Duration.ofMillis((long) (50 * StrictMath.exp(exponent)));
            watched[paused] = true;
            cluster.stall(paused, Stall.FROZEN, length);
            cluster.run(length.plus(AFTERMATH));
            watched[paused] = false;
            cluster.runUntil(() -> cluster.agreeOnLive(MEMBERS), Duration.ofSeconds(20));
        }
        stalls = cluster.injected().stalls;
    }

    @Override
    public void onEvent(long nowNanos, String node, Event event) {
        if (event instanceof Event.StateChanged changed && watched[Integer.parseInt(node.substring(1))]) {
            if (changed.state() == MemberState.SUSPECT && changed.why().endsWith(" " + node)) {
                suspects++;
            } else if (changed.state() == MemberState.DEAD
                    && (changed.why().equals("silent") || changed.why().equals("connection refused"))) {
                deaths++;
            }
        }
    }

    int suspects() {
        return suspects;
    }

    int deaths() {
        return deaths;
    }

    long stalls() {
        return stalls;
    }
}
