package io.rota.membership.wire;

import io.rota.membership.Member;
import io.rota.membership.protocol.Footprint;
import io.rota.membership.protocol.MemberRecord;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Remembered;
import io.rota.membership.protocol.Roster;
import io.rota.membership.protocol.Spares;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Messages to bytes and back. Pure. The first byte is the kind; a kind is never given to another message. */
final class MessageCodec {

    private static final int TURNED_AWAY = 8;
    private static final int STATE_REQUEST = 10;
    private static final int ENTRIES_LIMIT = 256;
    private static final int LEAST_ENTRY_BYTES = 32;

    private static final List<Message.TurnedAway.Reason> REASONS =
            List.of(Message.TurnedAway.Reason.NAME_TAKEN, Message.TurnedAway.Reason.WIRE_VERSION);

    private MessageCodec() {}

    static void write(WireWriter out, Message message) {
        if (message instanceof Message.Ping ping) {
            out.byte1(1);
            out.number(ping.probeId());
            out.long8(ping.targetBootId());
            RecordCodec.writeState(out, ping.believed());
            out.number(ping.believedIncarnation());
            out.number(ping.round());
            out.long8(ping.digest());
        } else if (message instanceof Message.Ack ack) {
            out.byte1(2);
            out.number(ack.probeId());
            out.number(ack.round());
            out.long8(ack.digest());
        } else if (message instanceof Message.Nack nack) {
            out.byte1(3);
            out.number(nack.probeId());
        } else if (message instanceof Message.PingRequest request) {
            out.byte1(4);
            out.number(request.probeId());
            out.text(request.name());
            out.long8(request.targetBootId());
        } else if (message instanceof Message.Gossip) {
            out.byte1(5);
        } else if (message instanceof Message.RefusalQuery query) {
            out.byte1(6);
            out.text(query.name());
            out.long8(query.targetBootId());
        } else if (message instanceof Message.NameClaim claim) {
            out.byte1(7);
            out.number(claim.uptimeMillis());
        } else if (message instanceof Message.TurnedAway turnedAway) {
            out.byte1(TURNED_AWAY);
            out.byte1(REASONS.indexOf(turnedAway.reason()));
            out.address(turnedAway.holder());
        } else if (message instanceof Message.SelfProbe probe) {
            out.byte1(9);
            out.number(probe.probeId());
        } else {
            writeStream(out, message);
        }
    }

    private static void writeStream(WireWriter out, Message message) {
        if (message instanceof Message.StateRequest request) {
            out.byte1(STATE_REQUEST);
            RecordCodec.write(out, request.sender());
            out.number(request.buckets().size());
            request.buckets().forEach(out::long8);
        } else if (message instanceof Message.StateReply reply) {
            out.byte1(11);
            out.number(Integer.toUnsignedLong(reply.differing()));
            out.byte1(reply.last() ? 1 : 0);
            writeEntries(out, reply.entries());
        } else if (message instanceof Message.StatePush push) {
            out.byte1(12);
            writeEntries(out, push.entries());
        } else if (message instanceof Message.Done) {
            out.byte1(13);
        } else {
            throw new IllegalArgumentException("a message without a kind on the wire: " + message);
        }
    }

    /** The kinds that keep their shape in all versions. */
    static boolean isGreeting(int kind) {
        return kind == TURNED_AWAY || kind == STATE_REQUEST;
    }

    /** One of them, the kind itself aside. */
    static Message readGreeting(WireReader in, int kind) {
        return kind == TURNED_AWAY ? readTurnedAway(in) : readRequest(in);
    }

    static Message read(WireReader in, Spares spares) {
        int kind = in.byte1();
        return switch (kind) {
            case 1 ->
                spares.ping(in.number(), in.long8(), RecordCodec.readState(in), in.number(), in.number(), in.long8());
            case 2 -> spares.ack(in.number(), in.number(), in.long8());
            case 3 -> new Message.Nack(in.number());
            case 4 -> new Message.PingRequest(in.number(), in.text(Member.NAME_LIMIT_BYTES), in.long8());
            case 5 -> new Message.Gossip();
            case 6 -> new Message.RefusalQuery(in.text(Member.NAME_LIMIT_BYTES), in.long8());
            case 7 -> new Message.NameClaim(in.number());
            case TURNED_AWAY, STATE_REQUEST -> readGreeting(in, kind);
            case 9 -> spares.selfProbe(in.number());
            case 11 -> new Message.StateReply((int) in.number(), in.choice(2) == 1, readEntries(in));
            case 12 -> new Message.StatePush(readEntries(in));
            case 13 -> new Message.Done();
            default -> throw new WireReader.Malformed();
        };
    }

    private static Message readRequest(WireReader in) {
        MemberRecord sender = RecordCodec.readRecord(in);
        return new Message.StateRequest(sender, readBuckets(in));
    }

    private static Message readTurnedAway(WireReader in) {
        Message.TurnedAway.Reason reason = REASONS.get(in.choice(REASONS.size()));
        InetSocketAddress holder = in.address();
        return new Message.TurnedAway(reason, holder);
    }

    private static List<Long> readBuckets(WireReader in) {
        int count = in.count(Roster.BUCKETS, Long.BYTES);
        in.charge(Footprint.NUMBER_BYTES * count);
        List<Long> buckets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            buckets.add(in.long8());
        }
        return buckets;
    }

    private static void writeEntries(WireWriter out, List<Remembered> entries) {
        out.number(entries.size());
        entries.forEach(entry -> RecordCodec.write(out, entry));
    }

    private static List<Remembered> readEntries(WireReader in) {
        int count = in.count(ENTRIES_LIMIT, LEAST_ENTRY_BYTES);
        List<Remembered> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(RecordCodec.readRemembered(in));
        }
        return entries;
    }
}
