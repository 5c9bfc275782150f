package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import java.util.List;

/**
 * Verifies a suspicion at once where this node is one of the few next to the suspect in the probe order. Confined to the protocol thread. Lifeguard
 * waits until other members come round to probe the suspect by themselves; here the same few are called by the news itself, so that the
 * independent confirmations arrive within one interval, and an accused member hears of it in their pings.
 */
final class Witness {

    private final Parts parts;

    Witness(Parts parts) {
        this.parts = parts;
    }

    void onSuspicion(Peer suspect, String accuser) {
        if (!accuser.equals(parts.self.name()) && parts.self.isPresent() && isCalled(suspect)) {
            parts.prober.witness(suspect);
        }
    }

    private boolean isCalled(Peer suspect) {
        List<Peer> ring = parts.roster.live();
        int distance =
                Math.floorMod(parts.roster.indexOf(parts.self.peer()) - parts.roster.indexOf(suspect), ring.size());
        return suspect.state() == MemberState.SUSPECT
                && distance > 0
                && distance <= parts.settings.suspecting().witnesses();
    }
}
