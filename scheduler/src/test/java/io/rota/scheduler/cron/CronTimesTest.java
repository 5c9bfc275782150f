package io.rota.scheduler.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where clocks are changed. Berlin 2026: 29 March 02:00 to 03:00, 25 October 03:00 to 02:00, both at 01:00Z. New York:
 * 8 March 02:00 to 03:00 at 07:00Z, 1 November 02:00 to 01:00 at 06:00Z. Lord Howe, half an hour: 5 April 02:00 to 01:30
 * at 15:00Z of the day before, 4 October 02:00 to 02:30 at 15:30Z of the day before.
 */
class CronTimesTest {

    private static String after(CronTimes times, String from, int count) {
        var found = new ArrayList<String>();
        long at = Instant.parse(from).toEpochMilli();
        for (int i = 0; i < count; i++) {
            at = times.nextAfter(at);
            found.add(Instant.ofEpochMilli(at).toString().replace(":00Z", "Z").substring(5));
        }
        return String.join(" ", found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A fixed time in the gap.
                "30 2 * * *    | Europe/Berlin       | ONCE  | 2026-03-28T12:00:00Z | 03-29T01:00Z 03-30T00:30Z",
                "30 2 * * *    | Europe/Berlin       | SKIP  | 2026-03-28T12:00:00Z | 03-30T00:30Z 03-31T00:30Z",
                "30 2 * * *    | Europe/Berlin       | TWICE | 2026-03-28T12:00:00Z | 03-29T01:00Z 03-30T00:30Z",
                "30 2 * * *    | America/New_York    | ONCE  | 2026-03-07T12:00:00Z | 03-08T07:00Z 03-09T06:30Z",
                "30 2 * * *    | America/New_York    | SKIP  | 2026-03-07T12:00:00Z | 03-09T06:30Z 03-10T06:30Z",
                "15 2 * * *    | Australia/Lord_Howe | ONCE  | 2026-10-03T00:00:00Z | 10-03T15:30Z 10-04T15:15Z",
                "15 2 * * *    | Australia/Lord_Howe | SKIP  | 2026-10-03T00:00:00Z | 10-04T15:15Z 10-05T15:15Z",
                // Two in the gap, and one right after it, come as one.
                "0,30 2,3 * * *| Europe/Berlin       | ONCE  | 2026-03-29T00:00:00Z | 03-29T01:00Z 03-29T01:30Z",
                // Times at the edges of the gap.
                "0 2 * * *     | Europe/Berlin       | SKIP  | 2026-03-28T12:00:00Z | 03-30T00:00Z 03-31T00:00Z",
                "0 3 * * *     | Europe/Berlin       | SKIP  | 2026-03-28T12:00:00Z | 03-29T01:00Z 03-30T01:00Z",
                "59 1 * * *    | Europe/Berlin       | ONCE  | 2026-03-28T12:00:00Z | 03-29T00:59Z 03-29T23:59Z",
                // A fixed time in the overlap.
                "30 2 * * *    | Europe/Berlin       | ONCE  | 2026-10-24T12:00:00Z | 10-25T00:30Z 10-26T01:30Z",
                "30 2 * * *    | Europe/Berlin       | SKIP  | 2026-10-24T12:00:00Z | 10-25T00:30Z 10-26T01:30Z",
                "30 2 * * *    | Europe/Berlin       | TWICE | 2026-10-24T12:00:00Z | 10-25T00:30Z 10-25T01:30Z",
                "30 1 * * *    | America/New_York    | ONCE  | 2026-10-31T12:00:00Z | 11-01T05:30Z 11-02T06:30Z",
                "30 1 * * *    | America/New_York    | TWICE | 2026-10-31T12:00:00Z | 11-01T05:30Z 11-01T06:30Z",
                "45 1 * * *    | Australia/Lord_Howe | ONCE  | 2026-04-04T00:00:00Z | 04-04T14:45Z 04-05T15:15Z",
                "45 1 * * *    | Australia/Lord_Howe | TWICE | 2026-04-04T00:00:00Z | 04-04T14:45Z 04-04T15:15Z",
                // Times at the edges of the overlap.
                "0 2 * * *     | Europe/Berlin       | ONCE  | 2026-10-24T12:00:00Z | 10-25T00:00Z 10-26T01:00Z",
                "0 3 * * *     | Europe/Berlin       | ONCE  | 2026-10-24T12:00:00Z | 10-25T02:00Z 10-26T02:00Z",
                // Asked in the middle of the second time.
                "30 2,4 * * *  | Europe/Berlin       | ONCE  | 2026-10-25T01:10:00Z | 10-25T03:30Z 10-26T01:30Z",
                // Wildcards follow elapsed time, whatever the rule.
                "0 * * * *     | Europe/Berlin       | ONCE  | 2026-03-28T23:30:00Z | 03-29T00:00Z 03-29T01:00Z",
                "0 * * * *     | Europe/Berlin       | ONCE  | 2026-10-24T23:30:00Z | 10-25T00:00Z 10-25T01:00Z",
                "*/30 2 * * *  | Europe/Berlin       | ONCE  | 2026-10-25T00:15:00Z | 10-25T00:30Z 10-25T01:00Z",
                "*/30 2 * * *  | Europe/Berlin       | ONCE  | 2026-03-28T12:00:00Z | 03-30T00:00Z 03-30T00:30Z",
                "*/20 * * * *  | Australia/Lord_Howe | SKIP  | 2026-04-04T14:45:00Z | 04-04T15:10Z 04-04T15:30Z",
            })
    void changesOfTheClocksFollowTheRule(String expression, ZoneId zone, DstRule rule, String from, String expected) {
        assertThat(after(CronTimes.parse(expression, "a", zone, rule), from, 2)).isEqualTo(expected);
    }

    @Test
    void aDayThatAZoneLeftOutIsMadeUpForRightAfterIt() {
        var noon = CronTimes.parse("0 12 * * *", "a", ZoneId.of("Pacific/Apia"), DstRule.ONCE);

        assertThat(after(noon, "2011-12-29T23:00:00Z", 2)).isEqualTo("12-30T10:00Z 12-30T22:00Z");
    }

    @Test
    void nextIsStrictlyAfterAlsoBetweenSeconds() {
        var times = CronTimes.parse("* * * * * *", "a", ZoneId.of("UTC"), DstRule.ONCE);

        assertThat(times.nextAfter(0)).isEqualTo(1_000);
        assertThat(times.nextAfter(999)).isEqualTo(1_000);
        assertThat(times.nextAfter(1_000)).isEqualTo(2_000);
        assertThat(times.nextAfter(-1)).isEqualTo(0);
    }

    @Test
    void wordsNameTheRuleOnlyIfItIsNotTheDefault() {
        assertThat(CronTimes.parse("0 2 * * *", "a", ZoneId.of("UTC"), DstRule.ONCE)
                        .inWords())
                .isEqualTo("cron 0 2 * * * in UTC");
        assertThat(CronTimes.parse("0 2 * * *", "a", ZoneId.of("UTC"), DstRule.SKIP)
                        .inWords())
                .isEqualTo("cron 0 2 * * * in UTC, dst skip");
    }
}
