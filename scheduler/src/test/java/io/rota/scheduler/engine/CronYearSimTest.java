package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.cron.CronTimes;
import io.rota.scheduler.cron.DstRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A year with both changes of the clocks, owners that change, wall clocks that are set and nodes that stand still. */
class CronYearSimTest {
    /** The last hours of the year belong to runs that are still under way, and to clocks that were an hour behind. */
    private static final Duration TAIL = Duration.ofHours(6);

    private static List<TaskDefinition> tasks() {
        var day = Duration.ofDays(1);
        var jittered = new Schedule.Cron(
                CronTimes.parse("0 6 * * MON-FRI", "jittered", ZoneId.of("Europe/Berlin"), DstRule.ONCE),
                Duration.ofMinutes(10));
        return List.of(
                Tasks.cron("berlin", "30 2 * * *", "Europe/Berlin"),
                Tasks.cron("york", "30 1,2 * * *", "America/New_York")
                        .with(Tasks.policy(Overlap.QUEUE, CatchUp.LAST, day)),
                Tasks.cron("howe", "*/15 1-3 * * *", "Australia/Lord_Howe")
                        .with(Tasks.policy(Overlap.SKIP, CatchUp.ALL, day)),
                Tasks.cron("hourly", "0 * * * *", "Europe/Berlin")
                        .with(Tasks.policy(Overlap.REPLACE, CatchUp.NONE, Duration.ofSeconds(5))),
                Tasks.cron("spread", "H H * * *", "UTC").with(Tasks.policy(Overlap.ALLOW, CatchUp.LAST, day)),
                Tasks.task("jittered", jittered, Guarantee.RING),
                Tasks.every("often", Duration.ofMinutes(20)),
                Tasks.task("once", new Schedule.At(Instant.parse("2026-07-01T12:00:00Z")), Guarantee.RING));
    }

    private static CronYear yearOf(CronYear world) {
        world.run(Duration.ofDays(364), true);
        world.settle();
        world.run(Duration.ofDays(1), false);
        return world;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyOccurrenceOfAYearHasExactlyOneRecord(long seed) {
        var world = yearOf(new CronYear(seed, tasks()));

        assertThat(world.repeated()).isEmpty();
        assertThat(world.unrecorded(TAIL)).isEmpty();
        assertThat(world.recorded()).isGreaterThan(40_000);
        assertThat(world.skipReasons()).as("the chaos did something").hasSizeGreaterThan(4);
    }

    @Test
    void bothChangesOfTheClocksCameOnce() {
        var world = new CronYear(4, tasks());
        world.run(Duration.ofDays(365), false);

        assertThat(world.repeated()).isEmpty();
        assertThat(world.unrecorded(TAIL)).isEmpty();
        assertThat(world.started().stream().filter(id -> id.startsWith("berlin@2026-03-29")))
                .containsExactly("berlin@2026-03-29T01:00:00Z");
        assertThat(world.started().stream().filter(id -> id.startsWith("berlin@2026-10-25")))
                .containsExactly("berlin@2026-10-25T00:30:00Z");
    }

    @Test
    void theCheckerSeesWhatOwnersThatDoNotTellEachOtherDo() {
        var world = yearOf(new CronYear(1, tasks()).forgetful());

        assertThat(world.repeated().size() + world.unrecorded(TAIL).size()).isGreaterThan(10);
    }
}
