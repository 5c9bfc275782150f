package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims over the books alone, with losses, deaths, emptied books and decisions that interleave. */
class ClaimSimTest {
    private static final int STEPS = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void neverTwoLiveClaimsAndTokensOnlyGrow(long seed) {
        var world = new ClaimWorld(seed, 4, (int) (seed % 5) * 6);

        for (int i = 0; i < STEPS; i++) {
            world.step();
        }

        assertThat(world.violations()).as("seed %d", seed).isEmpty();
        assertThat(world.granted()).as("claims granted").isGreaterThan(50);
        assertThat(world.takeovers()).as("holders that died").isGreaterThan(5);
    }

    @Test
    void theWatchSeesTwoAtOnceWhenClaimsCountAsOverWithoutProof() {
        var world = new ClaimWorld(1, 4, 6);
        world.trustEverybody();

        for (int i = 0; i < STEPS; i++) {
            world.step();
        }

        assertThat(world.violations()).isNotEmpty();
    }
}
