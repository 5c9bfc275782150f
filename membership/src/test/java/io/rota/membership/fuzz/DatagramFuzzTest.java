package io.rota.membership.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.rota.membership.Keyring;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.wire.Decoded;
import io.rota.membership.wire.SealedBox;
import io.rota.membership.wire.SealedPackets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.MethodSource;

/** A datagram as it comes from the socket: opened, then decoded. */
class DatagramFuzzTest {

    private static final String CLUSTER = "fuzzed";
    private static final Keyring KEYS = Keyring.of(new byte[Keyring.KEY_BYTES]);

    private final AllocationMeter meter = new AllocationMeter();
    private final SealedPackets packets = new SealedPackets(KEYS, CLUSTER);
    private final SealedBox box = new SealedBox(KEYS, CLUSTER, "membership");
    private final ListeningCore core = new ListeningCore();

    @BeforeEach
    void warmUp() {
        packets.open(new byte[SealedBox.OVERHEAD_BYTES]);
    }

    /** As a datagram or as a frame: no key opens it, so it is rejected as such, and neither the core nor its effects know of it. */
    @MethodSource("io.rota.membership.fuzz.WireSeeds#packets")
    @FuzzTest
    void unsealedBytesChangeNothing(byte[] input) {
        byte[] bytes = cut(input, SealedPackets.FRAME_LIMIT_BYTES);
        String before = core.fingerprint();

        Decoded decoded = meter.within(AllocationMeter.LIMIT_BYTES, () -> packets.open(bytes));
        core.take(decoded);

        assertThat(decoded).isEqualTo(new Decoded.Rejected(DropKind.UNSEALED));
        assertThat(core.fingerprint()).isEqualTo(before);
    }

    /** Sealed under the cluster's own key, whatever it is: a packet, or a rejection of a known kind. */
    @MethodSource("io.rota.membership.fuzz.WireSeeds#packets")
    @FuzzTest
    void sealedBytesAreAPacketOrARejection(byte[] input) {
        byte[] plain = cut(input, SealedPackets.DATAGRAM_LIMIT_BYTES - SealedBox.OVERHEAD_BYTES);
        byte[] sealed = box.seal(plain);

        Decoded decoded = meter.within(AllocationMeter.LIMIT_BYTES, () -> packets.open(sealed));

        assertThat(decoded).isNotEqualTo(new Decoded.Rejected(DropKind.UNSEALED));
    }

    /** One changed byte of a sealed packet, and nothing opens it. */
    @MethodSource("io.rota.membership.fuzz.WireSeeds#packets")
    @FuzzTest
    void changedSealIsNoSeal(byte[] input) {
        byte[] sealed = box.seal(cut(input, SealedPackets.DATAGRAM_LIMIT_BYTES - SealedBox.OVERHEAD_BYTES));
        int place = Math.floorMod(Arrays.hashCode(input), sealed.length);
        sealed[place] ^= 1;

        assertThat(packets.open(sealed)).isEqualTo(new Decoded.Rejected(DropKind.UNSEALED));
    }

    private static byte[] cut(byte[] input, int limit) {
        return input.length <= limit ? input : Arrays.copyOf(input, limit);
    }
}
