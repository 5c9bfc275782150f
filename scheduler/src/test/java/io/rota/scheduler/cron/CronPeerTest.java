package io.rota.scheduler.cron;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random expressions mean the same to us and to cron-utils, in UTC: rules for changes of the clocks differ. */
class CronPeerTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String[] DAYS = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

    private final CronParser unix = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private final CronParser quartz = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void unixExpressionsMeanTheSame(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            var text = String.join(
                    " ",
                    field(random, 0, 59),
                    field(random, 0, 23),
                    random.nextBoolean() ? "*" : numbers(random, 1, 28),
                    random.nextBoolean() ? "*" : numbers(random, 1, 12),
                    random.nextBoolean() ? "*" : numbers(random, 0, 6));

            agree(text, unix, text, random);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void secondsLastDaysAndCountedWeekDaysMeanTheSame(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            var time = String.join(" ", field(random, 0, 59), field(random, 0, 59), field(random, 0, 23));
            int day = random.nextInt(7);
            var ours = new String[] {
                        "L * *",
                        "* * " + DAYS[day] + "#" + (1 + random.nextInt(5)),
                        "* * " + day + "L",
                        "L-" + random.nextInt(20) + " 1-6 *"
                    }
                    [random.nextInt(4)];
            // Quartz writes ? in the day field that is not used, and counts Sunday as 1.
            var theirs = ours.startsWith("L")
                    ? ours.replaceAll("\\*$", "?").replace("L-0 ", "L ")
                    : ours.replaceFirst("\\*", "?").replace(day + "L", (day + 1) + "L");

            agree(time + " " + ours, quartz, time + " " + theirs, random);
        }
    }

    private static void agree(String ours, CronParser parser, String theirs, Random random) {
        var times = CronTimes.parse(ours, "a", UTC, DstRule.ONCE);
        var peer = ExecutionTime.forCron(parser.parse(theirs));
        var at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(4 * 365 * 86_400));
        for (int i = 0; i < 5; i++) {
            var expected =
                    peer.nextExecution(at.atZone(ZoneOffset.UTC)).orElseThrow().toInstant();

            assertThat(Instant.ofEpochMilli(times.nextAfter(at.toEpochMilli())))
                    .as("%s (theirs %s) after %s", ours, theirs, at)
                    .isEqualTo(expected);
            at = expected;
        }
    }

    private static String field(Random random, int min, int max) {
        return switch (random.nextInt(4)) {
            case 0 -> "*";
            case 1 -> "*/" + (1 + random.nextInt(max));
            default -> numbers(random, min, max);
        };
    }

    private static String numbers(Random random, int min, int max) {
        var parts = new ArrayList<String>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int from = min + random.nextInt(max - min + 1);
            int to = from + random.nextInt(max - from + 1);
            parts.add(
                    switch (random.nextInt(3)) {
                        case 0 -> from + "-" + to;
                        case 1 -> from + "-" + to + "/" + (1 + random.nextInt(5));
                        default -> "" + from;
                    });
        }
        return String.join(",", parts);
    }
}
