package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes packets in: once each, first what the sender says of itself, then, if the sender is a live member, the news that it brings, then the
 * message. Confined to the protocol thread. News from a stranger or from the dead count for nothing (ringpop-node #84), except about this node.
 */
final class Reception {

    private final Parts parts;
    private final Replays replays = new Replays();

    Reception(Parts parts) {
        this.parts = parts;
    }

    void onDatagram(InetSocketAddress from, Packet packet) {
        if (packet.bootId() == parts.self.bootId()) {
            if (packet.message() instanceof Message.SelfProbe probe) {
                parts.echo.onReturn(probe.probeId());
            }
        } else if (isWelcome(from, packet)) {
            parts.isolation.heard();
            news(packet);
            dispatch(from, packet);
        }
    }

    /** Every stream request gets an answer, since silence would mean that we cannot open it. */
    void onStream(long streamId, InetSocketAddress from, Packet packet) {
        if (packet.bootId() == parts.self.bootId()) {
            parts.outbox.answer(streamId, List.of(new Message.Done()), List.of());
            return;
        }
        if (!isWelcome(from, packet)) {
            boolean namesake = packet.sender().equals(parts.self.name()) && parts.self.isPresent();
            parts.outbox.answer(
                    streamId,
                    namesake ? List.of(parts.dispute.claim(), new Message.Done()) : List.of(new Message.Done()),
                    namesake ? List.of(parts.self.rumor()) : List.of());
            return;
        }
        parts.isolation.heard();
        news(packet);
        if (packet.message() instanceof Message.StateRequest request) {
            onRequest(streamId, request);
        } else if (packet.message() instanceof Message.StatePush push) {
            if (speaker(packet) != null) {
                parts.antiEntropy.merge(push.entries());
            }
            parts.outbox.answer(streamId, List.of(new Message.Done()), List.of());
        } else if (packet.message() instanceof Message.Ping ping && ping.targetBootId() == parts.self.bootId()) {
            parts.outbox.answer(streamId, List.of(ack(ping)), correction(ping));
        } else {
            parts.outbox.answer(streamId, List.of(new Message.Done()), List.of(parts.self.rumor()));
        }
    }

    private void onRequest(long streamId, Message.StateRequest request) {
        MemberRecord asker = request.sender();
        if (parts.admission.isForeign(asker)) {
            parts.outbox.answer(streamId, List.of(parts.admission.turnAway(asker)), List.of());
            return;
        }
        List<Message> answer = parts.antiEntropy.answer(request);
        if (asker.member().state() == MemberState.ALIVE) {
            parts.admission.consider(asker);
        }
        parts.outbox.answerIn(parts.outbox.versionFor(asker.wire()), streamId, answer, List.of());
    }

    /** A reply to our own dial: who we dialled may tell us everything. */
    void onReply(long dialId, Packet packet) {
        if (packet.bootId() != parts.self.bootId() && !replays.isFresh(packet)) {
            parts.report(new Event.Dropped(DropKind.REPLAYED));
            return;
        }
        if (packet.sender().equals(parts.self.name()) && packet.bootId() != parts.self.bootId()) {
            parts.dispute.onNamesakeReply(packet);
            return;
        }
        if (packet.bootId() != parts.self.bootId()) {
            parts.isolation.heard();
            news(packet);
        }
        if (packet.message() instanceof Message.TurnedAway turnedAway) {
            parts.dispute.onTurnedAway(turnedAway);
        }
        parts.dials.onReply(dialId, packet);
    }

    private boolean isWelcome(InetSocketAddress from, Packet packet) {
        if (!replays.isFresh(packet)) {
            parts.report(new Event.Dropped(DropKind.REPLAYED));
            return false;
        }
        if (parts.self.hasYielded()) {
            return false;
        }
        if (packet.sender().equals(parts.self.name())) {
            parts.dispute.onNamesake(from, packet);
            return false;
        }
        return true;
    }

    private void news(Packet packet) {
        if (packet.rumors().isEmpty()) {
            return;
        }
        for (Rumor rumor : packet.rumors()) {
            boolean ofItself = rumor.name().equals(packet.sender()) && rumor.bootId() == packet.bootId();
            if (ofItself && rumor instanceof Rumor.Alive alive) {
                parts.admission.consider(alive.subject());
            }
        }
        boolean trusted = speaker(packet) != null;
        for (Rumor rumor : packet.rumors()) {
            boolean ofItself = rumor.name().equals(packet.sender());
            if (rumor.name().equals(parts.self.name())) {
                parts.dispute.onRumor(rumor);
            } else if (ofItself && rumor instanceof Rumor.Left) {
                parts.beliefs.hear(rumor, packet.sender());
            } else if (trusted && !(ofItself && rumor instanceof Rumor.Alive)) {
                parts.beliefs.hear(rumor, packet.sender());
            } else if (!trusted && !ofItself) {
                parts.report(new Event.Dropped(DropKind.STRANGER));
            }
        }
    }

    private void dispatch(InetSocketAddress from, Packet packet) {
        Message message = packet.message();
        if (message instanceof Message.Ping ping) {
            onPing(from, packet, ping);
        } else if (message instanceof Message.Ack ack) {
            onAck(packet, ack);
        } else if (message instanceof Message.Nack nack) {
            parts.pinger.onNack(packet, nack);
        } else if (message instanceof Message.PingRequest request) {
            parts.relay.onRequest(from, request);
        } else if (message instanceof Message.RefusalQuery query && speaker(packet) != null) {
            parts.proof.onQuery(query);
        } else if (message instanceof Message.TurnedAway turnedAway) {
            parts.dispute.onTurnedAway(turnedAway);
        }
    }

    private void onPing(InetSocketAddress from, Packet packet, Message.Ping ping) {
        parts.prober.onRound(ping.round());
        if (ping.targetBootId() != parts.self.bootId()) {
            parts.report(new Event.Dropped(DropKind.WRONG_BOOT));
            parts.outbox.send(from, new Message.Gossip(), List.of(parts.self.rumor()));
            return;
        }
        List<Rumor> first = correction(ping);
        Rumor.Dead notice = noticeTo(packet);
        if (notice != null) {
            first = new ArrayList<>(first);
            first.add(notice);
        }
        parts.outbox.send(from, ack(ping), first);
        compareTables(packet, ping.digest());
    }

    private void onAck(Packet packet, Message.Ack ack) {
        parts.prober.onRound(ack.round());
        parts.pinger.onAck(packet, ack);
        compareTables(packet, ack.digest());
    }

    private void compareTables(Packet packet, long digest) {
        Peer speaker = speaker(packet);
        if (speaker != null) {
            parts.antiEntropy.onDigest(speaker, digest);
        }
    }

    private Message.Ack ack(Message.Ping ping) {
        return parts.spares.ack(ping.probeId(), parts.prober.round(), parts.roster.digest());
    }

    /** Contradicts, if need be, what the ping says of us; the truth then rides on the answer. */
    private List<Rumor> correction(Message.Ping ping) {
        parts.dispute.onBelief(ping.believed(), ping.believedIncarnation());
        boolean wrong = ping.believedIncarnation() != parts.self.incarnation() || ping.believed() != MemberState.ALIVE;
        return wrong && !parts.self.isLeaving() ? List.of(parts.self.rumor()) : List.of();
    }

    /** The dead who speak are told so, that they may refute. */
    private Rumor.@Nullable Dead noticeTo(Packet packet) {
        Peer peer = parts.roster.find(packet.sender());
        if (peer == null || peer.bootId() != packet.bootId() || peer.state() != MemberState.DEAD) {
            return null;
        }
        return new Rumor.Dead(peer.name(), peer.bootId(), peer.incarnation(), parts.self.name(), false);
    }

    private @Nullable Peer speaker(Packet packet) {
        return parts.roster.findLive(packet.sender(), packet.bootId());
    }
}
