package io.rota.membership.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says goodbye and waits until it is heard (consul #3706: a leaver that exits before its leave has spread is declared failed). Confined to the protocol
 * thread. The goodbye goes to every live member once, and to a few again and again until they acknowledge it.
 */
final class Departure {

    private static final int WANTED = 3;
    private static final int ASKED = 6;
    private static final long RETRY_NANOS = 200_000_000;

    private final Parts parts;
    private final Set<String> acknowledged = new HashSet<>();
    private List<Peer> asked = List.of();
    private boolean over;

    Departure(Parts parts) {
        this.parts = parts;
    }

    void leave() {
        if (!parts.self.isPresent()) {
            parts.report(new Event.Left(over));
            return;
        }
        asked = parts.roster.pick(ASKED, parts.random, List.of(parts.self.peer()));
        List<Peer> all = List.copyOf(parts.roster.live());
        parts.self.leave();
        for (Peer peer : all) {
            if (!peer.name().equals(parts.self.name()) && !asked.contains(peer)) {
                parts.outbox.send(peer.address(), new Message.Gossip(), List.of(parts.self.rumor()));
            }
        }
        ask();
    }

    private void ask() {
        if (over) {
            return;
        }
        if (acknowledged.size() >= Math.min(WANTED, asked.size())) {
            over = true;
            parts.report(new Event.Left(true));
            return;
        }
        for (Peer peer : asked) {
            if (!acknowledged.contains(peer.name())) {
                Goodbye goodbye = new Goodbye(peer);
                goodbye.id = parts.pinger.open(peer.bootId(), goodbye);
                parts.outbox.send(peer.address(), parts.pinger.ping(goodbye.id, peer), List.of(parts.self.rumor()));
                parts.timers.after(2 * RETRY_NANOS, () -> parts.pinger.close(goodbye.id));
            }
        }
        parts.timers.after(RETRY_NANOS, this::ask);
    }

    private void heard(Peer peer, long id) {
        parts.pinger.close(id);
        acknowledged.add(peer.name());
        if (acknowledged.size() >= Math.min(WANTED, asked.size())) {
            ask();
        }
    }

    private final class Goodbye extends Pinger.Answer {

        private final Peer peer;
        private long id;

        private Goodbye(Peer peer) {
            this.peer = peer;
        }

        @Override
        void acked(boolean direct) {
            heard(peer, id);
        }
    }
}
