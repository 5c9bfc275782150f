package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Schedule;
import io.rota.scheduler.cron.CronTimes;
import io.rota.scheduler.cron.DstRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jitter puts occurrences off without changing their order, alike on every node. */
class OccurrencesTest {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private static Occurrences of(String task, String expression, Duration jitter) {
        var times = CronTimes.parse(expression, task, ZoneId.of("Europe/Berlin"), DstRule.ONCE);
        return new Occurrences(task, new Schedule.Cron(times, jitter));
    }

    @ParameterizedTest
    @CsvSource({"*/5 * * * *, PT1H", "30 2 * * *, PT1H", "0 0 * * MON-FRI, PT10M", "*/10 * * * * *, PT5S"})
    void aJitteredOccurrenceComesBeforeTheNextOne(String expression, Duration jitter) {
        var occurrences = of("a", expression, jitter);
        var same = of("a", expression, jitter);
        var delays = new TreeSet<Long>();
        var at = occurrences.after(START);
        for (int i = 0; i < 1_000; i++) {
            var next = occurrences.after(at.nominalMillis());
            long delay = at.dueMillis() - at.nominalMillis();

            assertThat(delay).isBetween(0L, jitter.toMillis() - 1);
            assertThat(at.dueMillis()).isLessThan(next.nominalMillis());
            assertThat(same.after(at.nominalMillis())).isEqualTo(next);
            delays.add(delay);
            at = next;
        }
        assertThat(delays).hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource({"*/5 * * * *, PT1H", "30 2 * * *, PT1H", "0 * * * *, PT0S"})
    void aCursorAtAnInstantLeadsToTheFirstThatIsDueAfterIt(String expression, Duration jitter) {
        var random = new Random(7);
        var occurrences = of("a", expression, jitter);
        for (int i = 0; i < 300; i++) {
            long instant = START + random.nextLong(365L * 86_400_000L);

            long cursor = occurrences.cursorAt(instant);

            var first = occurrences.after(cursor);
            assertThat(first.dueMillis()).isGreaterThan(instant);
            // The one before it, found by walking from a week earlier, is not due after the instant.
            var before = occurrences.after(instant - Duration.ofDays(7).toMillis());
            while (occurrences.after(before.nominalMillis()).nominalMillis() < first.nominalMillis()) {
                before = occurrences.after(before.nominalMillis());
            }
            assertThat(before.dueMillis()).isLessThanOrEqualTo(instant);
        }
    }
}
