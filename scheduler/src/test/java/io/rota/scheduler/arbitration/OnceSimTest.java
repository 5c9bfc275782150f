package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Occurrences of level once over lossy calls, deaths and emptied books: each starts once, unless it was said not to be done. */
class OnceSimTest {
    private static final int STEPS = 3_000;

    private static OnceWorld run(long seed, OnceWorld.Fault fault) {
        var world = new OnceWorld(seed, 4, (int) (seed % 5) * 6, fault);
        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        world.calmDown();
        return world;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyOccurrenceStartsOnceUnlessSaidNotToBeDoneAndHasItsEffectOnce(long seed) {
        var world = run(seed, OnceWorld.Fault.NONE);

        assertThat(world.truth().violations()).as("seed %d", seed).isEmpty();
        assertThat(world.truth().occurrences()).as("occurrences").isGreaterThan(50);
        assertThat(world.doubts()).as("answers that told of a doubt").isGreaterThan(20);
        assertThat(world.truth().startedTwice())
                .as("occurrences started once more")
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnceWorld.Fault.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void theWatchSeesWhatIsPlanted(OnceWorld.Fault fault) {
        var seen = LongStream.rangeClosed(1, 8)
                .filter(seed -> !run(seed, fault).truth().violations().isEmpty())
                .findFirst();

        assertThat(seen).as("a seed that shows it").isPresent();
    }
}
