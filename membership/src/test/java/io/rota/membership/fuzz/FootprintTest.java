package io.rota.membership.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Keyring;
import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Effect;
import io.rota.membership.protocol.MemberRecord;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Remembered;
import io.rota.membership.protocol.Rumor;
import io.rota.membership.protocol.WireVersions;
import io.rota.membership.wire.Decoded;
import io.rota.membership.wire.PacketCodec;
import io.rota.membership.wire.PacketReader;
import io.rota.membership.wire.SealedPackets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The costliest frames that a member of the cluster could seal: opened, decoded and taken in, none costs more than 64 KB. */
class FootprintTest {

    private static final Keyring FOUR_KEYS = Keyring.of(key(1), key(2), key(3), key(4));
    private static final Keyring FOREIGN = Keyring.of(key(5));

    private final AllocationMeter meter = new AllocationMeter();
    private final PacketReader reader = new PacketReader();
    private final SealedPackets packets = new SealedPackets(FOUR_KEYS, "c");

    @ParameterizedTest
    @EnumSource(Shape.class)
    void costliestFrameOfAMemberStaysWithin64KiB(Shape shape) {
        List<Remembered> rows = new ArrayList<>();
        int accepted = 0;
        while (size(rows) < SealedPackets.FRAME_LIMIT_BYTES) {
            rows.add(new Remembered(shape.record(rows.size()), 1));
            byte[] sealed = packets.seal(packet(rows));
            if (sealed.length > SealedPackets.FRAME_LIMIT_BYTES) {
                break;
            }
            Decoded decoded = packets.open(sealed);
            if (decoded.equals(new Decoded.Rejected(DropKind.OVERSIZED))) {
                break;
            }
            accepted = rows.size();
        }

        assertThat(accepted).isPositive();
        byte[] reply = packets.seal(packet(rows.subList(0, accepted)));
        byte[] push = packets.seal(new Packet("n1", 2, 7, new Message.StatePush(rows.subList(0, accepted)), List.of()));
        takenInWithinTheLimit(ListeningCore.Door.REPLY, reply);
        takenInWithinTheLimit(ListeningCore.Door.STREAM, push);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void frameThatWouldCostMoreIsRefusedBeforeItCosts(Shape shape) {
        List<Remembered> rows = new ArrayList<>();
        while (size(rows) < 16_000 && rows.size() < 256) {
            rows.add(new Remembered(shape.record(rows.size()), 1));
        }
        byte[] plain = PacketCodec.encode(packet(rows.subList(0, rows.size() - 1)));

        Decoded decoded = meter.within(AllocationMeter.LIMIT_BYTES, () -> reader.read(plain));

        assertThat(decoded).isEqualTo(new Decoded.Rejected(DropKind.OVERSIZED));
    }

    /** Whatever members say of themselves, their table goes out in frames that every reader takes. */
    @ParameterizedTest
    @EnumSource(Shape.class)
    void honestTableIsNeverTooLarge(Shape shape) {
        ListeningCore core = knowing(shape, 300);
        MemberRecord asker = Shape.LEAST.record(0);
        Packet request = new Packet("n1", 2, 1, new Message.StateRequest(asker, List.of()), List.of());

        List<Effect> effects = core.takeBy(ListeningCore.Door.STREAM, new Decoded.Accepted(request));

        List<Packet> answer = effects.stream()
                .filter(Effect.Answer.class::isInstance)
                .flatMap(effect -> ((Effect.Answer) effect).packets().stream())
                .toList();
        assertThat(answer)
                .hasSizeGreaterThan(5)
                .allSatisfy(packet ->
                        assertThat(packets.open(packets.seal(packet))).isEqualTo(new Decoded.Accepted(packet)));
    }

    /** As much news of members that the receiver knows as it takes at once. */
    @Test
    void newsOfManyMembersStayWithin64KiB() {
        List<Rumor> rumors = new ArrayList<>();
        while (packets.open(packets.seal(gossip(rumors))) instanceof Decoded.Accepted) {
            rumors.add(new Rumor.Suspect(Shape.LEAST.record(rumors.size()).name(), 1, 1, "n1"));
        }
        rumors.remove(rumors.size() - 1);
        byte[] sealed = packets.seal(gossip(rumors));

        meter.within(
                AllocationMeter.LIMIT_BYTES,
                () -> knowing(Shape.LEAST, rumors.size()),
                core -> core.takeBy(ListeningCore.Door.DATAGRAM, packets.open(sealed.clone())));

        assertThat(rumors).hasSizeGreaterThan(33);
    }

    @Test
    void frameThatNoKeyOpensCostsLessThan32KiB() {
        byte[] foreign = new SealedPackets(FOREIGN, "c").seal(packet(List.of()));
        byte[] frame = new byte[SealedPackets.FRAME_LIMIT_BYTES];
        System.arraycopy(foreign, 0, frame, 0, foreign.length);

        Decoded decoded = meter.within(AllocationMeter.LIMIT_BYTES / 2, () -> packets.open(frame.clone()));

        assertThat(decoded).isEqualTo(new Decoded.Rejected(DropKind.UNSEALED));
    }

    private void takenInWithinTheLimit(ListeningCore.Door door, byte[] sealed) {
        List<Effect> effects = meter.within(
                AllocationMeter.LIMIT_BYTES,
                ListeningCore::new,
                core -> core.takeBy(door, packets.open(sealed.clone())));

        assertThat(effects).anyMatch(Effect.Report.class::isInstance);
    }

    private static ListeningCore knowing(Shape shape, int members) {
        ListeningCore core = new ListeningCore();
        for (int i = 0; i < members; i++) {
            Remembered row = new Remembered(shape.record(i), 1);
            Packet told = new Packet("oracle", -1, i + 1L, new Message.StateReply(-1, false, List.of(row)), List.of());
            core.takeBy(ListeningCore.Door.REPLY, new Decoded.Accepted(told));
        }
        return core;
    }

    private static Packet gossip(List<Rumor> rumors) {
        return new Packet("n1", 2, 7, new Message.Gossip(), rumors);
    }

    private static int size(List<Remembered> rows) {
        return PacketCodec.encode(packet(rows)).length;
    }

    private static Packet packet(List<Remembered> rows) {
        return new Packet("n1", 2, 7, new Message.StateReply(-1, true, rows), List.of());
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[Keyring.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    /** What an enemy within would fill a frame with. */
    private enum Shape {
        LEAST,
        ACCUSED,
        BURIED,
        FOREIGN_LETTERS,
        LONG_FOREIGN_LETTERS,
        LONG_TEXTS,
        TAGS,
        FOREIGN_TAGS;

        MemberRecord record(int index) {
            return switch (this) {
                case LEAST -> record(name("", index), MemberState.ALIVE, MemberMetadata.empty());
                case ACCUSED -> record(name("", index), MemberState.SUSPECT, MemberMetadata.empty());
                case BURIED -> record(name("", index), MemberState.DEAD, MemberMetadata.empty());
                case FOREIGN_LETTERS -> record(name("ä", index), MemberState.ALIVE, metadata("ß", Map.of()));
                case LONG_FOREIGN_LETTERS ->
                    record(name("€".repeat(15), index), MemberState.ALIVE, metadata("€".repeat(40), Map.of()));
                case LONG_TEXTS ->
                    record(name("n".repeat(30), index), MemberState.ALIVE, metadata("a".repeat(128), Map.of()));
                case TAGS -> record(name("", index), MemberState.ALIVE, metadata("", tags("")));
                case FOREIGN_TAGS -> record(name("", index), MemberState.SUSPECT, metadata("", tags("ü")));
            };
        }

        private static String name(String prefix, int index) {
            return prefix + Integer.toString(index, 36);
        }

        private static Map<String, String> tags(String prefix) {
            Map<String, String> tags = new TreeMap<>();
            for (int i = 0; i < MemberMetadata.TAGS_LIMIT; i++) {
                tags.put(prefix + (char) ('0' + i), prefix + "1");
            }
            return tags;
        }

        private static MemberMetadata metadata(String text, Map<String, String> tags) {
            return new MemberMetadata(text, text, text, tags, 1, 1, Participation.ACTIVE, "", 1, 1, true);
        }

        private static MemberRecord record(String name, MemberState state, MemberMetadata metadata) {
            Member member = new Member(name, 1, 1, state, address(), metadata);
            return new MemberRecord(member, 0, WireVersions.OURS, List.of(1, 2, 3, 4));
        }

        private static InetSocketAddress address() {
            try {
                return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 9}), 7700);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
