package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A few seeds of {@code ./scripts/simulate schedules --seeds 1000}. */
class ScheduleSimTest {
    private static final int SEEDS = 15;

    @Test
    void everyOccurrenceAndEveryCycleEndsInOneRecord() {
        long ended = 0;
        int deaths = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var trial = new ScheduleTrial(seed, UnaryOperator.identity()).run();
            assertThat(trial.findings())
                    .as("./scripts/simulate schedules --seed " + seed)
                    .isEmpty();
            ended += trial.ended();
            deaths += trial.deaths();
        }
        assertThat(ended).as("something happened").isGreaterThan(SEEDS * 100L);
        assertThat(deaths).isGreaterThan(SEEDS);
    }

    @Test
    void theCheckerSeesWhatNodesThatHearNoCyclesDo() {
        assertThat(LongStream.rangeClosed(1, 5)
                        .mapToInt(seed -> new ScheduleTrial(seed, ScheduleWorld::deaf)
                                .run()
                                .findings()
                                .size())
                        .sum())
                .isGreaterThan(10);
    }

    @Test
    void theCheckerSeesWhatOwnersThatDoNotTellEachOtherDo() {
        assertThat(LongStream.rangeClosed(1, 5)
                        .mapToInt(seed -> new ScheduleTrial(seed, ScheduleWorld::forgetful)
                                .run()
                                .findings()
                                .size())
                        .sum())
                .isPositive();
    }
}
