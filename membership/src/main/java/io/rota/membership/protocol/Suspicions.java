package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;

/**
 * Runs the clock of each suspect (Lifeguard section IV-B). Confined to the protocol thread. When it runs out, the verdict still waits until
 * everything in the own inbox has been read, and falls only if the suspect has not spoken.
 */
final class Suspicions {

    private final Parts parts;

    Suspicions(Parts parts) {
        this.parts = parts;
    }

    void begin(Peer suspect, String accuser) {
        clear(suspect);
        suspect.suspicion = fresh(accuser);
        arm(suspect);
    }

    /** True when the accuser is new and its accusation should be told on. */
    boolean confirm(Peer suspect, String accuser) {
        if (suspect.suspicion == null || !suspect.suspicion.confirm(accuser)) {
            return false;
        }
        arm(suspect);
        return true;
    }

    void clear(Peer peer) {
        peer.suspicion = null;
        if (peer.verdict != null) {
            peer.verdict.cancel();
            peer.verdict = null;
        }
    }

    /** After a long stall of our own, what we missed may have cleared them: all get their full time again. */
    void restartAll() {
        for (Peer peer : parts.roster.live()) {
            if (peer.suspicion != null) {
                begin(peer, "");
            }
        }
    }

    private Suspicion fresh(String accuser) {
        ProtocolSettings.Suspecting suspecting = parts.settings.suspecting();
        int live = parts.roster.liveCount();
        long interval = parts.settings.probing().interval().toNanos();
        long min = Suspicion.minNanos(suspecting.alpha(), live, interval);
        int wanted = Math.max(0, Math.min(suspecting.confirmations(), live - 2));
        return new Suspicion(parts.now(), min, (long) (min * suspecting.beta()), wanted, accuser);
    }

    private void arm(Peer suspect) {
        Suspicion suspicion = suspect.suspicion;
        if (suspicion == null) {
            return;
        }
        if (suspect.verdict != null) {
            suspect.verdict.cancel();
        }
        long delay = suspicion.deadlineNanos() - parts.now();
        suspect.verdict = parts.timers.after(delay, () -> ranOut(suspect, suspicion));
    }

    private void ranOut(Peer suspect, Suspicion suspicion) {
        if (parts.settings.suspecting().pauseGate()) {
            parts.echo.afterInbox(() -> verdict(suspect, suspicion));
        } else {
            verdict(suspect, suspicion);
        }
    }

    private void verdict(Peer suspect, Suspicion suspicion) {
        if (suspect.suspicion == suspicion
                && suspect.state() == MemberState.SUSPECT
                && suspicion.deadlineNanos() <= parts.now()
                && parts.self.isPresent()) {
            parts.beliefs.declareDead(suspect, parts.self.name(), false, "silent");
        }
    }
}
