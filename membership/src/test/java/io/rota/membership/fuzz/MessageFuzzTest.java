package io.rota.membership.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.rota.membership.protocol.Packet;
import io.rota.membership.wire.Decoded;
import io.rota.membership.wire.PacketReader;
import io.rota.membership.wire.PacketWriter;
import io.rota.membership.wire.SealedPackets;
import java.util.Arrays;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in a packet once it is open: messages, records, news; and what the core makes of it. */
class MessageFuzzTest {

    private final AllocationMeter meter = new AllocationMeter();
    private final PacketReader reader = new PacketReader();
    private final ListeningCore core = new ListeningCore();

    @MethodSource("io.rota.membership.fuzz.WireSeeds#packets")
    @FuzzTest
    void anyBytesAreAPacketOrARejection(byte[] input) {
        byte[] plain = cut(input);

        Decoded decoded = meter.within(AllocationMeter.LIMIT_BYTES, () -> reader.read(plain));

        if (decoded instanceof Decoded.Accepted accepted && accepted.packet().version() == 1) {
            assertThat(readAgain(accepted.packet())).isEqualTo(decoded);
        }
    }

    /** A member of the cluster sends it, by whatever door: reading it and taking it in stay within the limit together. */
    @MethodSource("io.rota.membership.fuzz.WireSeeds#packets")
    @FuzzTest
    void anyPacketOfAMemberCostsAtMost64KiB(byte[] input) {
        byte[] plain = cut(input);

        for (ListeningCore.Door door : ListeningCore.Door.values()) {
            meter.within(
                    AllocationMeter.LIMIT_BYTES, ListeningCore::new, fresh -> fresh.takeBy(door, reader.read(plain)));
        }
    }

    /** A member of the cluster sends it: the core may believe it or not, and goes on in any case. */
    @MethodSource("io.rota.membership.fuzz.WireSeeds#packets")
    @FuzzTest
    void coreSurvivesAnyPacketOfAMember(byte[] input) {
        core.take(reader.read(cut(input)));
        core.passAWhile();

        assertThat(core.holdsItselfForAlive()).isTrue();
    }

    private Decoded readAgain(Packet packet) {
        PacketWriter writer = new PacketWriter();
        int size = writer.write(packet);
        return reader.read(Arrays.copyOf(writer.buffer(), size));
    }

    private static byte[] cut(byte[] input) {
        return input.length <= SealedPackets.FRAME_LIMIT_BYTES
                ? input
                : Arrays.copyOf(input, SealedPackets.FRAME_LIMIT_BYTES);
    }
}
