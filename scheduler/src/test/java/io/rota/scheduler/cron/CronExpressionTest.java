package io.rota.scheduler.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static String next(String expression, String from) {
        return String.valueOf(CronExpression.parse(expression, "a").atOrAfter(LocalDateTime.parse(from)));
    }

    // 2026-11-24 is a Tuesday.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *           | 2026-11-24T10:00:01 | 2026-11-24T10:01",
                "* * * * * *         | 2026-11-24T10:00:01 | 2026-11-24T10:00:01",
                "30 2 * * *          | 2026-11-24T02:30:00 | 2026-11-24T02:30",
                "30 2 * * *          | 2026-11-24T02:30:01 | 2026-11-25T02:30",
                "15 30 2 * * *       | 2026-11-24T02:30:16 | 2026-11-25T02:30:15",
                "*/20 9-10 * * *     | 2026-11-24T09:41:00 | 2026-11-24T10:00",
                "*/20 9-10 * * *     | 2026-11-24T10:41:00 | 2026-11-25T09:00",
                "5/20 * * * *        | 2026-11-24T10:26:00 | 2026-11-24T10:45",
                "0,30 8 * * *        | 2026-11-24T08:01:00 | 2026-11-24T08:30",
                "0 0 1 JAN,jul *     | 2026-11-24T00:00:00 | 2027-01-01T00:00",
                "0 0 * * 0           | 2026-11-24T00:00:00 | 2026-11-29T00:00",
                "0 0 * * 7           | 2026-11-24T00:00:00 | 2026-11-29T00:00",
                "0 0 * * SAT-SUN     | 2026-11-29T00:00:00 | 2026-11-29T00:00",
                "0 0 * * 5-7         | 2026-11-24T00:00:00 | 2026-11-27T00:00",
                "0 0 * * MON-FRI     | 2026-11-28T00:00:00 | 2026-11-30T00:00",
                "0 0 13 * FRI        | 2026-11-24T00:00:00 | 2026-11-27T00:00",
                "0 0 26 * FRI        | 2026-11-24T00:00:00 | 2026-11-26T00:00",
                "0 0 */2 * FRI       | 2026-11-24T00:00:00 | 2026-11-25T00:00",
                "0 0 */1 * FRI       | 2026-11-24T00:00:00 | 2026-11-27T00:00",
                "0 0 L * *           | 2027-02-01T00:00:00 | 2027-02-28T00:00",
                "0 0 L * *           | 2028-02-01T00:00:00 | 2028-02-29T00:00",
                "0 0 L-2 * *         | 2026-11-24T00:00:00 | 2026-11-28T00:00",
                "0 0 15,L * *        | 2026-11-24T00:00:00 | 2026-11-30T00:00",
                "0 0 * * FRIL        | 2026-11-01T00:00:00 | 2026-11-27T00:00",
                "0 0 * * 5L          | 2026-11-28T00:00:00 | 2026-12-25T00:00",
                "0 0 * * 2#1         | 2026-11-24T00:00:00 | 2026-12-01T00:00",
                "0 0 * * MON#5       | 2026-11-24T00:00:00 | 2026-11-30T00:00",
                "0 0 * * 7#1         | 2026-11-24T00:00:00 | 2026-12-06T00:00",
                "0 0 29 2 *          | 2026-11-24T00:00:00 | 2028-02-29T00:00",
                "0 0 29 2 *          | 2096-03-01T00:00:00 | 2104-02-29T00:00",
            })
    void admitsWhatUnixMeansByIt(String expression, String from, String expected) {
        assertThat(next(expression, from)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * *         | 8  | a cron expression has 5 fields, or 6 with seconds first, not 4",
                "0 0 0 1 1 * 26  | 13 | a cron expression has 5 fields, or 6 with seconds first, not 7",
                "60 * * * *      | 1  | 60 is not within 0-59 of minute",
                "0 24 * * *      | 3  | 24 is not within 0-23 of hour",
                "0 0 0 * *       | 5  | 0 is not within 1-31 of day-of-month",
                "0 0 32 * *      | 5  | 32 is not within 1-31 of day-of-month",
                "0 0 1 13 *      | 7  | 13 is not within 1-12 of month",
                "0 0 1 FOO *     | 7  | 'FOO' is no value of month",
                "0 0 * * 8       | 9  | 8 is not within 0-7 of day-of-week",
                "0 0 * * 1,8     | 11 | 8 is not within 0-7 of day-of-week",
                "0 0 * * MON,XYZ | 13 | 'XYZ' is no value of day-of-week",
                "0,,5 * * * *    | 3  | minute has an empty part",
                "0, * * * *      | 3  | minute has an empty part",
                "5-1 * * * *     | 1  | the range '5-1' of minute runs backwards",
                "0 H(9-1) * * *  | 3  | the range of 'H(9-1)' runs backwards",
                "*/0 * * * *     | 1  | the step 0 is not within 1-59 of minute",
                "0 */24 * * *    | 3  | the step 24 is not within 1-23 of hour",
                "0 0 ? * MON     | 5  | ? is not used here: write * in day-of-month",
                "0 0 15W * *     | 5  | '15W': the nearest working day (W) is not supported",
                "0 0 L-31 * *    | 5  | no month has a day 'L-31'",
                "0 0 * * 1#6     | 9  | '1#6': # is followed by 1 to 5",
                "L * * * *       | 1  | 'L' is no value of minute",
                "0 0 * 1#1 *     | 7  | '1#1' is no value of month",
                "@daily          | 7  | a cron expression has 5 fields, or 6 with seconds first, not 1",
                "a b c d e       | 1  | 'a' is no value of minute",
                "* * 31 2 *      | 1  | '* * 31 2 *' never comes: no month has such a day",
                "0 0 30,31 2 *   | 1  | '0 0 30,31 2 *' never comes: no month has such a day",
                "0 0 31 4,6,9 *  | 1  | '0 0 31 4,6,9 *' never comes: no month has such a day",
                "0 99999 * * *   | 3  | '99999' is no value of hour",
            })
    void errorsSayWhyAndWhere(String expression, int position, String reason) {
        assertThatThrownBy(() -> CronExpression.parse(expression, "a"))
                .isInstanceOf(CronSyntaxException.class)
                .hasMessage(reason.replace('\'', '"') + " (at character " + position + ")")
                .extracting(e -> ((CronSyntaxException) e).position())
                .isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H * * * *", "H H * * *", "H(10-19) H(2-4) H H H", "H/15 * * * *", "H(0-29)/10 * * * *"})
    void spreadIsTheSameForOneTaskAndDiffersBetweenTasks(String expression) {
        var from = LocalDateTime.parse("2026-11-24T10:00:00");

        var dues = IntStream.range(0, 100)
                .mapToObj(i -> String.valueOf(
                        CronExpression.parse(expression, "task-" + i).atOrAfter(from)))
                .toList();

        assertThat(CronExpression.parse(expression, "task-7")).isEqualTo(CronExpression.parse(expression, "task-7"));
        assertThat(dues.stream().distinct().count()).isGreaterThan(8);
    }

    @Test
    void spreadStaysInItsRangeAndDividesItEvenly() {
        for (int i = 0; i < 200; i++) {
            var minutes = CronExpression.parse("H(10-19) H/6 H * *", "t" + i);

            assertThat(minutes.minutes().first()).isBetween(10, 19);
            assertThat(Long.bitCount(minutes.hours().bits())).isEqualTo(4);
            assertThat(minutes.days().monthDays().first()).isBetween(1, 28);
        }
    }

    @Test
    void aTimeWithAWildcardFollowsElapsedTimeAndAFixedOneTheClock() {
        assertThat(CronExpression.parse("0,30 2-4 * * *", "a").isFixedTime()).isTrue();
        assertThat(CronExpression.parse("H H * * *", "a").isFixedTime()).isTrue();
        assertThat(CronExpression.parse("0 * * * *", "a").isFixedTime()).isFalse();
        assertThat(CronExpression.parse("*/15 2 * * *", "a").isFixedTime()).isFalse();
        assertThat(CronExpression.parse("H/15 2 * * *", "a").isFixedTime()).isFalse();
    }
}
