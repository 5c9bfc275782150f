package io.rota.membership.protocol;

import io.rota.membership.ProtocolSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packets that carry nothing but news, so that news need not wait for the next probe (memberlist's gossip tick). Confined to the protocol
 * thread. Silent when there is no news.
 */
final class Gossip {

    /** About so many fit into a packet; with more than that waiting, the ticks come faster. */
    private static final int RUMORS_PER_PACKET = 12;

    private static final int HASTE_LIMIT = 3;

    private final Parts parts;
    private Timers.@Nullable Timer tick;

    Gossip(Parts parts) {
        this.parts = parts;
    }

    /** Queues a piece of news and sees to it that it goes out. */
    void spread(Rumor rumor) {
        parts.rumors.add(rumor);
        if (tick == null) {
            tick = parts.timers.after(0, this::tick);
        }
    }

    /** Sends a piece of news to every live member now: for proof of death, which must not wait. */
    void toAll(Rumor rumor) {
        for (Peer peer : parts.roster.live()) {
            if (!peer.name().equals(parts.self.name())) {
                parts.outbox.send(peer.address(), new Message.Gossip(), List.of(rumor));
            }
        }
    }

    private void tick() {
        tick = null;
        if (parts.rumors.isEmpty() || parts.self.hasYielded()) {
            return;
        }
        ProtocolSettings.Spreading spreading = parts.settings.spreading();
        List<Peer> told = parts.roster.pick(spreading.fanout(), parts.random, List.of(parts.self.peer()));
        if (told.isEmpty()) {
            parts.rumors.clear();
            return;
        }
        for (Peer peer : told) {
            if (!parts.rumors.isEmpty()) {
                parts.outbox.send(peer.address(), new Message.Gossip());
            }
        }
        int haste = 1 + Math.min(HASTE_LIMIT, parts.rumors.size() / RUMORS_PER_PACKET);
        tick = parts.timers.after(spreading.gossipInterval().toNanos() / haste, this::tick);
    }
}
