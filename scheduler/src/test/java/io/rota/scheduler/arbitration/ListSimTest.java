package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.arbitration.ListWorld.Fault;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims while the list of arbiters is changed again and again; each rule that is taken away is missed. */
class ListSimTest {
    private static final int STEPS = 3_000;
    private static final int LONG_ENOUGH = 20;

    private static ListWorld run(long seed, Fault fault) {
        var world = new ListWorld(seed, seed % 2 == 0 ? 3 : 1, (int) (seed % 5) * 4, fault);
        for (int i = 0; i < STEPS && world.violations().isEmpty(); i++) {
            world.step();
        }
        return world;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void neverTwoLiveClaimsWhileArbitersComeAndGo(long seed) {
        var world = run(seed, Fault.NONE);

        assertThat(world.violations()).as("seed %d", seed).isEmpty();
        assertThat(world.granted()).as("claims granted").isGreaterThan(20);
        assertThat(world.lists()).as("lists").isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyRuleThatIsTakenAwayIsMissed(Fault fault) {
        assertThat(LongStream.rangeClosed(1, LONG_ENOUGH))
                .anySatisfy(seed -> assertThat(run(seed, fault).violations()).isNotEmpty());
    }
}
