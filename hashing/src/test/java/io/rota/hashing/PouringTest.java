package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PouringTest {
    private static final long TASK = 1L << 32;
    private static final int[] THREE = {0, 1, 2};

    @Test
    void levelGroundGetsEqualDepthForEqualWeight() {
        Pouring poured = Pouring.of(30, THREE, new long[] {1, 1, 1}, new long[3]);

        assertThat(loads(poured)).containsExactly(10, 10, 10);
        assertThat(poured.parts(3)).containsOnly(Tier.WHOLE);
    }

    @Test
    void weightWidensTheNode() {
        Pouring poured = Pouring.of(40, THREE, new long[] {1, 1, 2}, new long[3]);

        assertThat(loads(poured)).containsExactly(10, 10, 20);
        assertThat(poured.parts(3)).containsOnly(Tier.WHOLE);
    }

    @Test
    void higherGroundGetsLess() {
        Pouring poured = Pouring.of(30, THREE, new long[] {1, 1, 1}, new long[] {6 * TASK, 0, 0});

        assertThat(loads(poured)).containsExactly(6, 12, 12);
        assertThat(poured.parts(3)).containsExactly(Tier.WHOLE / 2, Tier.WHOLE, Tier.WHOLE);
    }

    @Test
    void groundAboveTheSurfaceStaysDry() {
        Pouring poured = Pouring.of(10, THREE, new long[] {1, 1, 1}, new long[] {50 * TASK, 0, 0});

        assertThat(loads(poured)).containsExactly(0, 5, 5);
        assertThat(poured.parts(3)).containsExactly(0, Tier.WHOLE, Tier.WHOLE);
    }

    @Test
    void whatWasPouredCanBeTakenAwayAgain() {
        Pouring poured = Pouring.of(31, THREE, new long[] {3, 7, 1}, new long[] {TASK / 7, 0, TASK});
        long[] loads = {5, 6, 7};

        poured.addTo(loads, 1);
        poured.addTo(loads, -1);

        assertThat(loads).containsExactly(5, 6, 7);
    }

    @Test
    void theLargestAllowedInputStaysInRange() {
        Pouring poured = Pouring.of(1 << 24, new int[] {0, 1}, new long[] {100_000, 1}, new long[2]);

        assertThat(loads(poured)[0]).isBetween(16_777_000L, 16_777_216L);
        assertThat(poured.parts(2)).containsOnly(Tier.WHOLE);
    }

    private static long[] loads(Pouring poured) {
        long[] loads = new long[3];
        poured.addTo(loads, 1);
        for (int i = 0; i < loads.length; i++) {
            loads[i] = (loads[i] + 1) >> 16;
        }
        return loads;
    }
}
