package io.rota.scheduler;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What happens to an occurrence of level once of which nobody knows whether it took effect. Immutable.
 *
 * @param rule who decides
 * @param probe how to find out; empty if the task cannot be asked
 * @param repeat how often a person is called who has not decided yet, 1 min to 7 d
 */
public record DoubtPolicy(Rule rule, Optional<Probe> probe, Duration repeat) {
    /** Time between two calls where the file says nothing. */
    public static final Duration STANDARD_REPEAT = Duration.ofMinutes(15);
    /** Shortest time between two calls. */
    public static final Duration MIN_REPEAT = Duration.ofMinutes(1);
    /** Longest time between two calls. */
    public static final Duration MAX_REPEAT = Duration.ofDays(7);
    /** What applies where the file says nothing: a person decides. */
    public static final DoubtPolicy STANDARD = new DoubtPolicy(Rule.PROBE_THEN_HOLD, Optional.empty(), STANDARD_REPEAT);

    public DoubtPolicy {
        if (repeat.compareTo(MIN_REPEAT) < 0 || repeat.compareTo(MAX_REPEAT) > 0) {
            throw new IllegalArgumentException("in_doubt_repeat " + repeat + " is not within 1m..7d");
        }
    }

    /** The probe to be run, if the rule wants one. */
    public Optional<Probe> wantedProbe() {
        return rule == Rule.PROBE_THEN_HOLD ? probe : Optional.empty();
    }

    /** Who decides. */
    public enum Rule {
        /** A person, at once; the probe is not run. */
        HOLD,
        /** The probe, and a person where it cannot tell. */
        PROBE_THEN_HOLD,
        /** Nobody: it counts as not to be known, and is not started again. */
        ABANDON
    }

    /**
     * A command that tells by its exit code whether an earlier run has taken effect.
     *
     * @param work the command
     * @param done exit codes that say so, at least one, 0 to 255
     * @param notDone exit codes that say that it has not, none of them also in {@code done}; may be empty
     * @param timeout longest time for one try, 1 s to 1 h
     * @param retries further tries while it cannot tell, 0 to 100, ten seconds apart
     */
    public record Probe(Work work, SortedSet<Integer> done, SortedSet<Integer> notDone, Duration timeout, int retries) {
        /** Most further tries. */
        public static final int MAX_RETRIES = 100;
        /** Longest time for one try. */
        public static final Duration MAX_TIMEOUT = Duration.ofHours(1);
        /** Time between two tries. */
        public static final Duration PAUSE = Duration.ofSeconds(10);

        private static final int MAX_EXIT_CODE = 255;

        public Probe {
            check(!done.isEmpty(), "no exit code of the probe means done");
            check(Collections.disjoint(done, notDone), "an exit code of the probe means both done and not done");
            check(
                    Stream.concat(done.stream(), notDone.stream()).allMatch(Probe::isExitCode),
                    "an exit code of the probe is not within 0..255");
            check(
                    timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(MAX_TIMEOUT) <= 0,
                    "timeout " + timeout + " of the probe is not within 1s..1h");
            check(retries >= 0 && retries <= MAX_RETRIES, "retries " + retries + " of the probe is not within 0..100");
            done = Collections.unmodifiableSortedSet(new TreeSet<>(done));
            notDone = Collections.unmodifiableSortedSet(new TreeSet<>(notDone));
        }

        private static boolean isExitCode(int code) {
            return code >= 0 && code <= MAX_EXIT_CODE;
        }

        private static void check(boolean good, String otherwise) {
            if (!good) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
