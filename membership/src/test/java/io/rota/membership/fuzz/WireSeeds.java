package io.rota.membership.fuzz;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.protocol.MemberRecord;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Remembered;
import io.rota.membership.protocol.Rumor;
import io.rota.membership.protocol.WireVersions;
import io.rota.membership.wire.PacketCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Where the search begins: one packet of each kind and shape, and the classic bad ones. */
public final class WireSeeds {

    private static final InetSocketAddress PLACE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700);

    private WireSeeds() {}

    public static Stream<Arguments> packets() {
        return all().stream().map(bytes -> Arguments.of((Object) bytes));
    }

    /** Frames of several packets, whole and cut, and lengths that lie. */
    public static Stream<Arguments> streams() {
        List<byte[]> streams = new ArrayList<>();
        for (byte[] packet : all()) {
            streams.add(framed(packet.length, packet));
        }
        streams.add(framed(Integer.MAX_VALUE, new byte[] {1}));
        streams.add(framed(-1, new byte[] {1}));
        streams.add(framed(0, new byte[0]));
        streams.add(framed(16_001, new byte[100]));
        streams.add(framed(16_000, new byte[16_000]));
        return streams.stream().map(bytes -> Arguments.of((Object) bytes));
    }

    private static List<byte[]> all() {
        List<byte[]> all = new ArrayList<>();
        for (Message message : messages()) {
            all.add(PacketCodec.encode(new Packet("n1", 2, 100 + all.size(), message, rumors())));
            all.add(PacketCodec.encode(new Packet("stranger", 9, all.size(), message, List.of())));
            all.add(PacketCodec.encode(new Packet("self", 9, all.size(), message, List.of(), 2)));
        }
        all.add(new byte[0]);
        all.add(new byte[] {1});
        all.add(new byte[1400]);
        all.add(new byte[16_000]);
        return all;
    }

    private static List<Message> messages() {
        MemberRecord record = record("n1", Long.MAX_VALUE >> 3);
        List<Remembered> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(new Remembered(record("m" + i, i), i));
        }
        return List.of(
                new Message.Ping(1, 1, MemberState.DEAD, Long.MAX_VALUE >> 2, Long.MAX_VALUE, 0),
                new Message.Ack(1, -1, 0),
                new Message.Nack(1),
                new Message.PingRequest(1, "n2", 3),
                new Message.Gossip(),
                new Message.RefusalQuery("n2", 3),
                new Message.NameClaim(1),
                new Message.TurnedAway(Message.TurnedAway.Reason.WIRE_VERSION, PLACE),
                new Message.SelfProbe(0),
                new Message.StateRequest(record, List.of(1L, 2L)),
                new Message.StateReply(-1, true, rows),
                new Message.StatePush(rows.subList(0, 3)),
                new Message.Done());
    }

    private static List<Rumor> rumors() {
        return List.of(
                new Rumor.Alive(record("n3", 1)),
                new Rumor.Suspect("n2", 3, 1, "n1"),
                new Rumor.Dead("self", 1, 7, "n1", true),
                new Rumor.Left("n2", 3, 2));
    }

    private static MemberRecord record(String name, long incarnation) {
        MemberMetadata metadata = new MemberMetadata(
                "p:1", "a:2", "ä:3", Map.of("zone", "ü", "k", ""), 1500, 8, Participation.JOINING, "1.0", 3, -4, true);
        Member member = new Member(name, 2, incarnation, MemberState.ALIVE, PLACE, metadata);
        return new MemberRecord(member, 255, new WireVersions(1, 255), List.of(1, 2));
    }

    private static byte[] framed(int length, byte[] body) {
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(length)
                .put(body)
                .array();
    }
}
