package io.rota.membership.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Proof that a process is gone: its address refuses connections while its host answers. Confined to the protocol thread. One refusal is a
 * suspicion, since a firewall can refuse too; a second member that is refused makes it death of that boot, told to all at once. Where nobody
 * is left to ask, one refusal suffices. A process that is starting again has another boot id and is not touched. (After JGroups FD_SOCK2; a member that
 * was wrongly proven dead refutes like any other.)
 */
final class DeathProof {

    private static final int ASKED = 3;
    private static final long FRESH_NANOS = 5_000_000_000L;
    private static final long RETRY_NANOS = 250_000_000L;

    private final Parts parts;
    private final Map<String, Refusal> refusals = new HashMap<>();

    DeathProof(Parts parts) {
        this.parts = parts;
    }

    /** Our connection to that boot was refused. */
    void refused(Peer target, long bootId) {
        if (!target.isLive(bootId) || !parts.self.isPresent()) {
            return;
        }
        refusals.put(target.name(), new Refusal(bootId, parts.now()));
        parts.beliefs.suspect(target, bootId, target.incarnation());
        askOthers(target, bootId);
        parts.timers.after(RETRY_NANOS, () -> askOthers(target, bootId));
    }

    /** That boot is well after all. */
    void answered(String name, long bootId) {
        Refusal refusal = refusals.get(name);
        if (refusal != null && refusal.bootId == bootId) {
            refusals.remove(name);
        }
    }

    /** Another member was refused and asks whether we are too. */
    void onQuery(Message.RefusalQuery query) {
        Peer target = parts.roster.findLive(query.name(), query.targetBootId());
        if (target == null || target == parts.self.peer()) {
            return;
        }
        if (isRefused(target)) {
            declare(target, query.targetBootId());
            return;
        }
        parts.dials.dial(target.address(), parts.pinger.ping(0, target), new Dials.Waiting() {
            @Override
            public void reply(Packet packet) {}

            @Override
            public void ended(DialOutcome outcome) {
                if (outcome == DialOutcome.REFUSED) {
                    refusals.put(query.name(), new Refusal(query.targetBootId(), parts.now()));
                    declare(target, query.targetBootId());
                }
            }
        });
    }

    private void askOthers(Peer target, long bootId) {
        if (!target.isLive(bootId) || !isRefused(target)) {
            return;
        }
        List<Peer> cannotHelp = new ArrayList<>();
        for (Peer peer : parts.roster.live()) {
            if (peer == parts.self.peer() || isRefused(peer)) {
                cannotHelp.add(peer);
            }
        }
        List<Peer> asked = parts.roster.pick(ASKED, parts.random, cannotHelp);
        if (asked.isEmpty()) {
            cannotHelp.remove(parts.self.peer());
            cannotHelp.forEach(peer -> declare(peer, peer.bootId()));
        }
        for (Peer peer : asked) {
            parts.outbox.send(peer.address(), new Message.RefusalQuery(target.name(), bootId));
        }
    }

    private boolean isRefused(Peer peer) {
        Refusal refusal = refusals.get(peer.name());
        return refusal != null && refusal.bootId == peer.bootId() && parts.now() - refusal.atNanos < FRESH_NANOS;
    }

    private void declare(Peer target, long bootId) {
        if (target.isLive(bootId) && parts.self.isPresent()) {
            refusals.remove(target.name());
            parts.beliefs.declareDead(target, parts.self.name(), true, "connection refused");
        }
    }

    private record Refusal(long bootId, long atNanos) {}
}
