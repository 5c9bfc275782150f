package io.rota.membership.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.MemberRecord;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Remembered;
import io.rota.membership.protocol.Rumor;
import io.rota.membership.protocol.WireVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PacketCodecTest {

    private static final InetSocketAddress V4 = address(new byte[] {10, 0, 0, 1});
    private static final InetSocketAddress V6 =
            address(new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    /** One of each kind; {@link #everyKindIsInTheList} sees to it that none is missing. */
    private static final List<Message> MESSAGES = List.of(
            new Message.Ping(7, -1, MemberState.SUSPECT, 3, Long.MAX_VALUE, -5),
            new Message.Ack(8, 9, 10),
            new Message.Nack(11),
            new Message.PingRequest(12, "n1", 13),
            new Message.Gossip(),
            new Message.RefusalQuery("n2", 14),
            new Message.NameClaim(15),
            new Message.TurnedAway(Message.TurnedAway.Reason.NAME_TAKEN, V6),
            new Message.SelfProbe(16),
            new Message.StateRequest(record(MemberState.LEFT, V6), Collections.nCopies(32, 17L)),
            new Message.StateReply(-1, true, List.of(new Remembered(record(MemberState.DEAD, V4), 18))),
            new Message.StatePush(List.of()),
            new Message.Done());

    private static final List<Rumor> RUMORS = List.of(
            new Rumor.Alive(record(MemberState.ALIVE, V4)),
            new Rumor.Suspect("n3", 19, 20, ""),
            new Rumor.Dead("n4", 21, 22, "n5", true),
            new Rumor.Left("n6", 23, 24));

    @Test
    void everyMessageAndRumorSurvivesTheWire() {
        for (Message message : MESSAGES) {
            Packet packet = new Packet("node", Long.MIN_VALUE, 1L << 40, message, RUMORS);

            assertThat(PacketCodec.decode(PacketCodec.encode(packet))).isEqualTo(new Decoded.Accepted(packet));
        }
    }

    @Test
    void everyKindIsInTheList() {
        assertThat(MESSAGES.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Message.class.getPermittedSubclasses());
        assertThat(RUMORS.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Rumor.class.getPermittedSubclasses());
    }

    @Test
    void pingOfAnOrdinaryNodeIsSmall() {
        Packet ping = new Packet(
                "n17",
                1L << 60,
                100_000,
                new Message.Ping(50_000, 1L << 61, MemberState.ALIVE, 2, 90_000, -1),
                List.of());

        assertThat(PacketCodec.encode(ping)).hasSizeLessThanOrEqualTo(48);
    }

    @Test
    void largestRecordFitsOneDatagram() {
        MemberMetadata metadata = new MemberMetadata(
                "a".repeat(128),
                "b".repeat(128),
                "c".repeat(128),
                Map.of("k".repeat(256), "v".repeat(256)),
                1_000_000,
                1_000_000,
                Participation.DRAINING,
                "v".repeat(64),
                Long.MAX_VALUE,
                -1,
                true);
        Member member = new Member("n".repeat(64), -1, Long.MAX_VALUE, MemberState.ALIVE, V6, metadata);
        Rumor rumor = new Rumor.Alive(new MemberRecord(member, 255, WireVersions.OURS, List.of()));
        Packet packet = new Packet("s".repeat(64), -1, Long.MAX_VALUE, MESSAGES.get(0), List.of(rumor));

        assertThat(PacketCodec.encode(packet).length + SealedBox.OVERHEAD_BYTES)
                .isLessThanOrEqualTo(SealedPackets.DATAGRAM_LIMIT_BYTES);
    }

    @Test
    void everyCutOfAPacketIsRejected() {
        byte[] whole = PacketCodec.encode(new Packet("node", 1, 2, MESSAGES.get(9), RUMORS));

        for (int length = 0; length < whole.length; length++) {
            assertThat(PacketCodec.decode(Arrays.copyOf(whole, length)))
                    .isEqualTo(new Decoded.Rejected(DropKind.MALFORMED));
        }
        assertThat(PacketCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isEqualTo(new Decoded.Rejected(DropKind.MALFORMED));
    }

    @Test
    void unknownVersionIsTold() {
        byte[] bytes = PacketCodec.encode(new Packet("node", 1, 2, new Message.Gossip(), List.of()));
        bytes[0] = 99;

        assertThat(PacketCodec.decode(bytes)).isEqualTo(new Decoded.Rejected(DropKind.VERSION));
    }

    @Test
    void noInputEscapesAsAnException() {
        SplittableRandom random = new SplittableRandom(11);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = mutated(random);
            accepted += PacketCodec.decode(bytes) instanceof Decoded.Accepted ? 1 : 0;
        }

        assertThat(accepted).isBetween(1, 199_999);
    }

    private static byte[] mutated(SplittableRandom random) {
        Message message = MESSAGES.get(random.nextInt(MESSAGES.size()));
        byte[] bytes = PacketCodec.encode(new Packet("node", 1, 2, message, RUMORS));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length * 2)) : bytes;
    }

    private static MemberRecord record(MemberState state, InetSocketAddress address) {
        MemberMetadata metadata = new MemberMetadata(
                "p:1", "a:2", "", Map.of("zone", "ü"), 1500, 8, Participation.JOINING, "1.0", 3, -4, false);
        return new MemberRecord(new Member("näme", 5, 6, state, address, metadata), 7, WireVersions.OURS, List.of());
    }

    private static InetSocketAddress address(byte[] ip) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), 7700);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
