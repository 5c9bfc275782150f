package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A few seeds of the swarm at each build; {@code ./scripts/simulate swarm FROM COUNT} runs as many as wanted. */
class SwarmSimTest {

    private static final int SEEDS = 40;

    @Test
    void everySeedEndsInOneViewAndNoCheckerFindsAnything() {
        long lost = 0;
        long stalls = 0;
        long kills = 0;
        long cut = 0;
        long clockShifts = 0;
        long steps = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Swarm swarm = new Swarm(seed);

            assertThat(swarm.run())
                    .as("./scripts/simulate swarm %d 1: %s", seed, swarm.violations())
                    .isTrue();

            steps += swarm.checked();
            clockShifts += swarm.cluster().injected().clockShifts;
            lost += swarm.cluster().injected().lost();
            cut += swarm.cluster().injected().cut();
            stalls += swarm.cluster().injected().stalls;
            kills += swarm.cluster().injected().kills;
        }
        assertThat(lost).isGreaterThan(1000);
        assertThat(cut).isGreaterThan(1000);
        assertThat(stalls).isGreaterThan(10);
        assertThat(kills).isGreaterThan(10);
        assertThat(clockShifts).isGreaterThan(10);
        assertThat(steps).isGreaterThan(100_000);
    }

    @Test
    void replayOfASeedIsBitIdentical() {
        assertThat(trace(7)).isEqualTo(trace(7));
    }

    private static long trace(long seed) {
        Swarm swarm = new Swarm(seed);
        swarm.run();
        return swarm.cluster().traceHash();
    }
}
