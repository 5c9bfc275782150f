package io.rota.scheduler;

import io.rota.scheduler.cron.CronTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** When a task is due. */
public sealed interface Schedule {

    /** In words, for people: {@code runs for ever}, {@code every 5s}. */
    String inWords();

    /** One word for the kind of task: {@code service}, {@code every}, {@code cron}, {@code at}. */
    String kind();

    /** One copy runs for ever; how it is restarted is the task's {@link RestartPolicy}. */
    record Service() implements Schedule {
        @Override
        public String inWords() {
            return "runs for ever";
        }

        @Override
        public String kind() {
            return "service";
        }
    }

    /** Due at instants of the wall clock, which every node computes alike without asking another. */
    sealed interface Timed extends Schedule {
        /** No instant: never again. */
        long NEVER = CronTimes.NEVER;

        /** The first occurrence strictly after the given instant, both in epoch milliseconds; {@link #NEVER} if there is none. */
        long nextAfter(long wallMillis);

        /** Each occurrence is put off by a share of this that depends on task and occurrence alone. */
        default Duration jitter() {
            return Duration.ZERO;
        }
    }

    /**
     * Due at a fixed rate. Occurrences lie at multiples of the interval since 1970-01-01T00:00:00Z.
     *
     * @param interval between two occurrences, 100 ms to 365 days
     */
    record Every(Duration interval) implements Timed {
        /** Shortest interval accepted. */
        public static final Duration MIN = Duration.ofMillis(100);
        /** Longest interval accepted. */
        public static final Duration MAX = Duration.ofDays(365);

        public Every {
            if (interval.compareTo(MIN) < 0 || interval.compareTo(MAX) > 0) {
                throw new IllegalArgumentException("interval " + interval + " is not between " + MIN + " and " + MAX);
            }
        }

        @Override
        public long nextAfter(long wallMillis) {
            long step = interval.toMillis();
            return (Math.floorDiv(wallMillis, step) + 1) * step;
        }

        @Override
        public String inWords() {
            return "every " + words(interval);
        }

        @Override
        public String kind() {
            return "every";
        }
    }

    /**
     * Due when a cron expression says so.
     *
     * @param times expression, time zone and rule for changes of the clocks
     * @param jitter greatest delay of an occurrence, 0 s to 1 h; it never reaches the next occurrence
     */
    record Cron(CronTimes times, Duration jitter) implements Timed {
        /** Greatest jitter accepted. */
        public static final Duration MAX_JITTER = Duration.ofHours(1);

        public Cron {
            if (jitter.isNegative() || jitter.compareTo(MAX_JITTER) > 0) {
                throw new IllegalArgumentException("jitter " + jitter + " is not between PT0S and " + MAX_JITTER);
            }
        }

        @Override
        public long nextAfter(long wallMillis) {
            return times.nextAfter(wallMillis);
        }

        @Override
        public String inWords() {
            return times.inWords() + (jitter.isZero() ? "" : ", jitter " + words(jitter));
        }

        @Override
        public String kind() {
            return "cron";
        }
    }

    /** Due once, at this instant. */
    record At(Instant instant) implements Timed {
        @Override
        public long nextAfter(long wallMillis) {
            long due = instant.toEpochMilli();
            return due > wallMillis ? due : NEVER;
        }

        @Override
        public String inWords() {
            return "at " + instant;
        }

        @Override
        public String kind() {
            return "at";
        }
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
