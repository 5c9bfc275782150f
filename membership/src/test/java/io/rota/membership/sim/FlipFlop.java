package io.rota.membership.sim;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.protocol.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Rapid's flip-flop: what is sent to a few members is lost for 20 s, arrives for 20 s, and so on. Counts how often a bad member's work moves, away or back,
 * in the views of one healthy peer, and whether a healthy peer ever holds another for dead.
 */
final class FlipFlop implements SimListener {

    private static final Duration HALF = Duration.ofSeconds(20);

    private final SimCluster cluster;
    private final int bad;
    private final Map<String, Boolean> takesWork = new HashMap<>();
    private final Map<String, Integer> transitions = new HashMap<>();
    private long deaths;
    private long falseDeaths;

    FlipFlop(int members, int bad, long seed) {
        this.bad = bad;
        this.cluster = SimCluster.createShared(seed, ProtocolSettings.lan());
        cluster.startPreformed(members);
        cluster.run(Duration.ofSeconds(10));
        cluster.listen(this);
    }

    void run(Duration length) {
        long end = cluster.nowNanos() + length.toNanos();
        while (cluster.nowNanos() < end) {
            for (int node = 0; node < bad; node++) {
                cluster.cutIngress(node);
            }
            cluster.run(HALF);
            cluster.mend();
            cluster.run(HALF);
        }
    }

    @Override
    public void onEvent(long nowNanos, String node, Event event) {
        if (isBad(node)) {
            return;
        }
        if (event instanceof Event.StateChanged changed && changed.state() == MemberState.DEAD) {
            deaths++;
            falseDeaths += isBad(changed.name()) ? 0 : 1;
        } else if (event instanceof Event.Published published) {
            for (int i = 0; i < bad; i++) {
                boolean works = published
                        .view()
                        .find(cluster.name(i))
                        .map(FlipFlop::takesWork)
                        .orElse(false);
                String pair = node + ">" + i;
                Boolean before = takesWork.put(pair, works);
                if (before == null ? !works : before != works) {
                    transitions.merge(pair, 1, Integer::sum);
                }
            }
        }
    }

    /** Of one bad member at one healthy peer. */
    int mostTransitions() {
        return transitions.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Deaths believed at healthy peers. */
    long deaths() {
        return deaths;
    }

    /** Those of healthy members. */
    long falseDeaths() {
        return falseDeaths;
    }

    private boolean isBad(String name) {
        return cluster.indexOf(name) < bad;
    }

    private static boolean takesWork(Member member) {
        return member.state().isLive() && member.metadata().participation() == Participation.ACTIVE;
    }
}
