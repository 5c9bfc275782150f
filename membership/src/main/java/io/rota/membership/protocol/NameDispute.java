package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import java.net.InetSocketAddress;

/**
 * What to do when others speak about this node. Confined to the protocol thread. An accusation of this boot is refuted with a higher incarnation
 * (SWIM section 4.2). News of another boot under our name are of our former self, which is outbid, or of a rival that lives elsewhere: then the two
 * compare how long they have been up, and the younger yields for good.
 */
final class NameDispute {

    private static final long CLAIM_PAUSE_NANOS = 500_000_000;

    private final Parts parts;
    private long nextClaimNanos = Long.MIN_VALUE;

    NameDispute(Parts parts) {
        this.parts = parts;
    }

    /** Gossip about our name. */
    void onRumor(Rumor rumor) {
        InetSocketAddress elsewhere =
                rumor instanceof Rumor.Alive alive ? alive.subject().member().address() : parts.self.address();
        if (rumor.bootId() == parts.self.bootId()) {
            accused(rumor.state(), rumor.incarnation());
        } else {
            outbid(rumor.incarnation(), rumor.state(), elsewhere);
        }
    }

    /** An entry about our name in another table. */
    void onEntry(Remembered entry) {
        Member told = entry.subject().member();
        if (told.bootId() == parts.self.bootId()) {
            accused(told.state(), told.incarnation());
            return;
        }
        if (told.state() == MemberState.DEAD) {
            parts.damping.formerSelfDied(entry);
        }
        outbid(told.incarnation(), told.state(), told.address());
    }

    /** What a ping says is believed of us. True when we had to contradict. */
    void onBelief(MemberState believed, long incarnation) {
        if (believed == MemberState.ALIVE && incarnation <= parts.self.incarnation()) {
            return;
        }
        accused(believed, incarnation);
    }

    /** A packet of another process that bears our name. */
    void onNamesake(InetSocketAddress from, Packet packet) {
        if (packet.message() instanceof Message.NameClaim claim && isOlder(claim, packet.bootId())) {
            giveWay(from);
        } else {
            claim(from);
        }
    }

    /** What a namesake answered to our own dial: an older one takes the name. */
    void onNamesakeReply(Packet packet) {
        if (packet.message() instanceof Message.NameClaim claim && isOlder(claim, packet.bootId())) {
            giveWay(packet.rumors().stream()
                    .filter(Rumor.Alive.class::isInstance)
                    .map(rumor -> ((Rumor.Alive) rumor).subject().member().address())
                    .findFirst()
                    .orElse(parts.self.address()));
        }
    }

    void onTurnedAway(Message.TurnedAway turnedAway) {
        if (turnedAway.reason() == Message.TurnedAway.Reason.WIRE_VERSION) {
            parts.report(new Event.WireMismatch(parts.self.name()));
        } else if (!turnedAway.holder().equals(parts.self.address())) {
            giveWay(turnedAway.holder());
        }
    }

    private void accused(MemberState state, long incarnation) {
        boolean known = state == MemberState.ALIVE && incarnation == parts.self.incarnation();
        if (known || incarnation < parts.self.incarnation() || !parts.self.isPresent()) {
            return;
        }
        if (state == MemberState.ALIVE) {
            parts.self.renew(incarnation);
        } else {
            parts.damping.contest(state, incarnation);
        }
    }

    /** Speaks up against an accusation. */
    void refute(MemberState state, long incarnation) {
        parts.self.renew(incarnation);
        parts.health.add(1);
        parts.report(new Event.Refuted(state.name(), parts.self.incarnation()));
    }

    private void outbid(long incarnation, MemberState state, InetSocketAddress address) {
        if (!parts.self.isPresent()) {
            return;
        }
        if (incarnation >= parts.self.incarnation()) {
            parts.self.renew(incarnation);
        }
        if (state.isLive() && !address.equals(parts.self.address())) {
            claim(address);
        }
    }

    private void claim(InetSocketAddress to) {
        if (parts.now() >= nextClaimNanos && !to.equals(parts.self.address())) {
            nextClaimNanos = parts.now() + CLAIM_PAUSE_NANOS;
            parts.outbox.send(to, claim());
        }
    }

    /** Our claim to the name. */
    Message.NameClaim claim() {
        return new Message.NameClaim(uptimeMillis());
    }

    private boolean isOlder(Message.NameClaim claim, long bootId) {
        long own = uptimeMillis();
        return claim.uptimeMillis() == own ? bootId > parts.self.bootId() : claim.uptimeMillis() > own;
    }

    private long uptimeMillis() {
        return parts.self.uptimeNanos() / 1_000_000L;
    }

    private void giveWay(InetSocketAddress holder) {
        if (!parts.self.hasYielded()) {
            parts.self.giveWay();
            parts.report(new Event.NameConflict(holder));
        }
    }
}
