package io.rota.scheduler;

import io.rota.scheduler.cron.CronTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** When a task is due. */
public sealed interface Schedule {

    /** In words, for people: {@code runs for ever}, {@code every 5s}. */
    String inWords();

    /** One word for the kind of task: {@code service}, {@code every}, {@code cron}, {@code at}, {@code manual}, {@code needs}. */
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

        /** True if runs may come though no instant ever does. */
        default boolean isOpenEnded() {
            return false;
        }

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

    /** Due when somebody orders a run, and at no instant of its own. */
    record Manual() implements Timed {
        @Override
        public long nextAfter(long wallMillis) {
            return NEVER;
        }

        @Override
        public boolean isOpenEnded() {
            return true;
        }

        @Override
        public String inWords() {
            return "when ordered";
        }

        @Override
        public String kind() {
            return "manual";
        }
    }

    /**
     * Due once in each cycle, when the last of the tasks that it needs has ended in that cycle.
     *
     * @param needs names of other tasks, in the order of the file, at least one, none twice
     * @param when what they must have come to
     */
    record After(List<String> needs, When when) implements Timed {
        public After {
            if (needs.isEmpty() || new HashSet<>(needs).size() != needs.size()) {
                throw new IllegalArgumentException("needs " + needs + " are not one or more tasks, each once");
            }
            needs = List.copyOf(needs);
        }

        @Override
        public long nextAfter(long wallMillis) {
            return NEVER;
        }

        @Override
        public boolean isOpenEnded() {
            return true;
        }

        @Override
        public String inWords() {
            return "after " + String.join(", ", needs) + (when == When.SUCCESS ? "" : ", on " + when.word());
        }

        @Override
        public String kind() {
            return "needs";
        }
    }

    /** What the tasks that another needs must have come to. One that was skipped skips the other in any case. */
    enum When {
        /** All have succeeded. */
        SUCCESS,
        /** At least one has not. */
        FAILURE,
        /** Whatever they came to. */
        ALWAYS;

        /** As the file spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
