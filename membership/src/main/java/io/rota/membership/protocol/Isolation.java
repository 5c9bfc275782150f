package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;

/**
 * Tells whether this node has lain cut off while it ran: nobody was heard for longer than can be, although others were known. Confined to the protocol thread.
 * After its return it takes no work before it has heard the cluster for 40 s on end, as long as most others do take work: a link that comes and
 * goes then moves the work once and not at each turn. Where most were cut off, as by a switch, nobody is held back by this.
 */
final class Isolation {

    private static final long MARGIN_NANOS = 1_000_000_000L;
    private static final long STEADY_NANOS = 40_000_000_000L;
    private static final int LEAST_MEMBERS = 3;

    private final Parts parts;
    /** No cluster that works is silent for longer, even with the probe interval at its longest. */
    private final long silenceNanos;

    private long lastHeardNanos;
    private long endedNanos;
    private boolean was;

    Isolation(Parts parts) {
        this.parts = parts;
        ProtocolSettings.Probing probing = parts.settings.probing();
        this.silenceNanos = probing.interval().toNanos() * (probing.healthLimit() + 1L) + MARGIN_NANOS;
        this.lastHeardNanos = parts.now();
    }

    /**
     * Another process was heard. What we accused others of while we heard nobody may have been refuted long ago: suspects get their full time anew, and
     * accusations that have not been told are not told any more. The tables will be compared; a death that one table tells another is only a suspicion.
     */
    void heard() {
        boolean ends = parts.now() - lastHeardNanos >= silenceNanos;
        lastHeardNanos = parts.now();
        if (ends && parts.roster.liveCount() >= LEAST_MEMBERS) {
            was = true;
            endedNanos = parts.now();
            parts.suspicions.restartAll();
            parts.rumors.dropAccusations();
        }
    }

    /** How much longer this node should take no work; 0 when it may. */
    long restNanos() {
        boolean is = parts.now() - lastHeardNanos >= silenceNanos;
        long rest = is ? STEADY_NANOS : was ? endedNanos + STEADY_NANOS - parts.now() : 0;
        return rest > 0 && mostTakeWork() ? rest : 0;
    }

    private boolean mostTakeWork() {
        int working = 0;
        int others = 0;
        for (Peer peer : parts.roster.all()) {
            if (peer != parts.self.peer() && peer.state() != MemberState.LEFT) {
                others++;
                boolean works = peer.member().metadata().participation() == Participation.ACTIVE;
                working += peer.isLive() && works ? 1 : 0;
            }
        }
        return 2 * working > others;
    }
}
