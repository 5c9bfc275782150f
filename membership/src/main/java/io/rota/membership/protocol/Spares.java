package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Makes the few values that every probe round needs, and makes them again of those that were given back: so a steady round allocates nothing. Confined to
 * one thread. A value never changes before it is given back, and only who knows that nobody holds it any more may do that: the shell, when a packet has
 * been sent or taken in. Where nobody gives back, as in the simulator, where a packet lives on in other nodes, each value is new and stays what it is.
 */
public final class Spares {

    private static final int LIMIT = 64;

    private final ArrayDeque<Packet> packets = new ArrayDeque<>(LIMIT);
    private final ArrayDeque<Message.Ping> pings = new ArrayDeque<>(LIMIT);
    private final ArrayDeque<Message.Ack> acks = new ArrayDeque<>(LIMIT);
    private final ArrayDeque<Message.SelfProbe> selfProbes = new ArrayDeque<>(LIMIT);
    private final ArrayDeque<Effect.Send> sends = new ArrayDeque<>(LIMIT);
    private final ArrayDeque<Effect.SendToSelf> sendsToSelf = new ArrayDeque<>(LIMIT);

    /** A packet. */
    public Packet packet(String sender, long bootId, long sequence, Message message, List<Rumor> rumors, int version) {
        Packet spare = packets.poll();
        return spare == null
                ? new Packet(sender, bootId, sequence, message, rumors, version)
                : spare.become(sender, bootId, sequence, message, rumors, version);
    }

    /** A ping. */
    public Message.Ping ping(
            long probeId, long targetBootId, MemberState believed, long incarnation, long round, long digest) {
        Message.Ping spare = pings.poll();
        return spare == null
                ? new Message.Ping(probeId, targetBootId, believed, incarnation, round, digest)
                : spare.become(probeId, targetBootId, believed, incarnation, round, digest);
    }

    /** An ack. */
    public Message.Ack ack(long probeId, long round, long digest) {
        Message.Ack spare = acks.poll();
        return spare == null ? new Message.Ack(probeId, round, digest) : spare.become(probeId, round, digest);
    }

    /** A self-probe. */
    public Message.SelfProbe selfProbe(long probeId) {
        Message.SelfProbe spare = selfProbes.poll();
        return spare == null ? new Message.SelfProbe(probeId) : spare.become(probeId);
    }

    Effect.Send send(InetSocketAddress to, Packet packet) {
        Effect.Send spare = sends.poll();
        return spare == null ? new Effect.Send(to, packet) : spare.become(to, packet);
    }

    Effect.SendToSelf sendToSelf(Packet packet) {
        Effect.SendToSelf spare = sendsToSelf.poll();
        return spare == null ? new Effect.SendToSelf(packet) : spare.become(packet);
    }

    /** Nobody holds this effect or its packet any more. One that does not come each round is left to the garbage collector. */
    public void giveBack(Effect effect) {
        if (effect instanceof Effect.Send send) {
            giveBack(send.packet());
            keep(sends, send);
        } else if (effect instanceof Effect.SendToSelf send) {
            giveBack(send.packet());
            keep(sendsToSelf, send);
        }
    }

    /** Nobody holds this packet any more; {@link IllegalStateException} where it was given back before. */
    public void giveBack(Packet packet) {
        packet.retire();
        keep(packets, packet);
        if (packet.message() instanceof Message.Ping ping) {
            keep(pings, ping);
        } else if (packet.message() instanceof Message.Ack ack) {
            keep(acks, ack);
        } else if (packet.message() instanceof Message.SelfProbe probe) {
            keep(selfProbes, probe);
        }
    }

    private static <T> void keep(ArrayDeque<T> spares, T value) {
        if (spares.size() < LIMIT) {
            spares.push(value);
        }
    }
}
