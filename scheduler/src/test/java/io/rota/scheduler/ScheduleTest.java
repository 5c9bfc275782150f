package io.rota.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.cron.CronTimes;
import io.rota.scheduler.cron.DstRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({"0, 5000", "4999, 5000", "5000, 10000", "5001, 10000", "-1, 0", "-5000, 0"})
    void everyIsDueAtMultiplesOfTheInterval(long afterMillis, long dueMillis) {
        assertThat(new Schedule.Every(Duration.ofSeconds(5)).nextAfter(afterMillis))
                .isEqualTo(dueMillis);
    }

    @Test
    void anIntervalOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Schedule.Every(Duration.ofMillis(99))).hasMessageContaining("is not between");
        assertThatThrownBy(() -> new Schedule.Every(Duration.ofDays(366))).hasMessageContaining("is not between");
    }

    @Test
    void schedulesSpeakInWords() {
        assertThat(new Schedule.Service().inWords()).isEqualTo("runs for ever");
        assertThat(new Schedule.Every(Duration.ofSeconds(90)).inWords()).isEqualTo("every 1m30s");
    }

    @Test
    void anInstantIsDueOnceAndNeverAfterIt() {
        var at = new Schedule.At(Instant.ofEpochMilli(5_000));

        assertThat(at.nextAfter(4_999)).isEqualTo(5_000);
        assertThat(at.nextAfter(5_000)).isEqualTo(Schedule.Timed.NEVER);
    }

    @Test
    void jitterOutOfRangeIsRefused() {
        var times = CronTimes.parse("0 2 * * *", "a", ZoneId.of("UTC"), DstRule.ONCE);

        assertThatThrownBy(() -> new Schedule.Cron(times, Duration.ofMinutes(61)))
                .hasMessageContaining("is not between");
        assertThatThrownBy(() -> new Schedule.Cron(times, Duration.ofMillis(-1)))
                .hasMessageContaining("is not between");
    }

    @Test
    void everyKindHasItsWords() {
        var times = CronTimes.parse("0 2 * * *", "a", ZoneId.of("UTC"), DstRule.ONCE);
        List<Schedule> all = List.of(
                new Schedule.Service(),
                new Schedule.Every(Duration.ofSeconds(5)),
                new Schedule.Cron(times, Duration.ofSeconds(60)),
                new Schedule.At(Instant.EPOCH),
                new Schedule.Manual(),
                new Schedule.After(List.of("b", "c"), Schedule.When.FAILURE));

        assertThat(all).extracting(Schedule::kind).containsExactly("service", "every", "cron", "at", "manual", "needs");
        assertThat(all)
                .extracting(Schedule::inWords)
                .containsExactly(
                        "runs for ever",
                        "every 5s",
                        "cron 0 2 * * * in UTC, jitter 1m",
                        "at 1970-01-01T00:00:00Z",
                        "when ordered",
                        "after b, c, on failure");
        assertThat(all.size())
                .as("a new kind belongs here")
                .isEqualTo(Schedule.class.getPermittedSubclasses().length
                        - 1
                        + Schedule.Timed.class.getPermittedSubclasses().length);
    }
}
