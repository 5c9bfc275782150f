package io.rota.membership.sim;

import io.rota.membership.ProtocolSettings;
import java.time.Duration;

/** The protocol with its mechanisms switched on one by one: the rows of the Lifeguard paper's table, and ours. */
public enum Variant {
    /** SWIM as in the paper, with alpha 5 and a suspicion time that never shrinks. */
    SWIM(0, 1, false),
    /** Local health stretches the probe interval; helpers send nacks. */
    LHA_PROBE(7, 1, false),
    /** Suspicion shrinks with independent confirmations, from six times the shortest. */
    LHA_SUSPICION(0, 6, false),
    /** Pings tell the suspect. */
    BUDDY(0, 1, true),
    /** All three: Lifeguard. */
    LIFEGUARD(7, 6, true),
    /** Our defaults: Lifeguard, own-pause gate, whole rounds, called witnesses, shorter suspicion. */
    ROTA(-1, 1, true);

    private static final ProtocolSettings LAN = ProtocolSettings.lan();

    private final int healthLimit;
    private final double beta;
    private final boolean buddy;

    Variant(int healthLimit, double beta, boolean buddy) {
        this.healthLimit = healthLimit;
        this.beta = beta;
        this.buddy = buddy;
    }

    /** What it runs with. */
    public ProtocolSettings settings() {
        if (this == ROTA) {
            return LAN;
        }
        Duration interval = Duration.ofSeconds(1);
        Duration timeout = Duration.ofMillis(500);
        return new ProtocolSettings(
                new ProtocolSettings.Probing(interval, timeout, timeout, 3, healthLimit, false),
                new ProtocolSettings.Suspecting(5, beta, beta > 1 ? 3 : 0, buddy, false, 0),
                LAN.spreading(),
                LAN.returning(),
                LAN.publishing());
    }
}
