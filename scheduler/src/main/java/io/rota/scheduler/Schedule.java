package io.rota.scheduler;

import java.time.Duration;

/** When a task is due. */
public sealed interface Schedule {

    /** In words, for people: {@code runs for ever}, {@code every 5s}. */
    String inWords();

    /** One copy runs for ever; how it is restarted is the task's {@link RestartPolicy}. */
    record Service() implements Schedule {
        @Override
        public String inWords() {
            return "runs for ever";
        }
    }

    /**
     * Due at a fixed rate. Occurrences lie at multiples of the interval since 1970-01-01T00:00:00Z, so that every node
     * computes the same ones without asking another.
     *
     * @param interval between two occurrences, 100 ms to 365 days
     */
    record Every(Duration interval) implements Schedule {
        /** Shortest interval accepted. */
        public static final Duration MIN = Duration.ofMillis(100);
        /** Longest interval accepted. */
        public static final Duration MAX = Duration.ofDays(365);

        public Every {
            if (interval.compareTo(MIN) < 0 || interval.compareTo(MAX) > 0) {
                throw new IllegalArgumentException("interval " + interval + " is not between " + MIN + " and " + MAX);
            }
        }

        /** The first occurrence strictly after the given wall-clock instant, both in epoch milliseconds. */
        public long nextAfter(long wallMillis) {
            long step = interval.toMillis();
            return (Math.floorDiv(wallMillis, step) + 1) * step;
        }

        @Override
        public String inWords() {
            return "every " + interval.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
        }
    }
}
