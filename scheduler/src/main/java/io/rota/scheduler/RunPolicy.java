package io.rota.scheduler;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the runs of a task with a schedule are treated; without meaning for a service. Immutable.
 *
 * @param overlap what happens to an occurrence that meets a run under way
 * @param catchUp what happens to occurrences that could not start in time
 * @param startDeadline how long after it was due an occurrence may still start, 1 s to 365 d
 * @param timeout longest time for one try, then it is stopped; zero for none, at most 365 d
 * @param retries whether a failed run is tried again
 * @param successCodes exit codes that count as success, 0 to 255, at least one
 * @param output what else a success takes
 */
public record RunPolicy(
        Overlap overlap,
        CatchUp catchUp,
        Duration startDeadline,
        Duration timeout,
        Retries retries,
        SortedSet<Integer> successCodes,
        OutputRule output) {
    /** Start deadline where nothing is caught up: what a busy node may be late by. */
    public static final Duration PROMPT = Duration.ofSeconds(5);
    /** Start deadline where something is caught up and the file does not say otherwise. */
    public static final Duration CATCH_UP_DEADLINE = Duration.ofDays(1);
    /** Longest deadline and timeout. */
    public static final Duration MAX = Duration.ofDays(365);

    private static final int MAX_EXIT_CODE = 255;
    /** Tasks that are due less often than this have their last occurrence made up for. */
    private static final Duration SELDOM = Duration.ofHours(1);
    /** Where the distance of occurrences is looked at; any instant would do. */
    private static final long SAMPLE_MILLIS = 1_704_067_200_000L;

    private static final int SAMPLES = 10;

    /** A policy by which the exit code alone says how a run ended. */
    public RunPolicy(
            Overlap overlap,
            CatchUp catchUp,
            Duration startDeadline,
            Duration timeout,
            Retries retries,
            SortedSet<Integer> successCodes) {
        this(overlap, catchUp, startDeadline, timeout, retries, successCodes, OutputRule.NONE);
    }

    public RunPolicy {
        if (startDeadline.compareTo(Duration.ofSeconds(1)) < 0 || startDeadline.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("start deadline " + startDeadline + " is not within 1s..365d");
        }
        if (timeout.isNegative() || timeout.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("timeout " + timeout + " is not within 0s..365d");
        }
        if (successCodes.isEmpty() || successCodes.first() < 0 || successCodes.last() > MAX_EXIT_CODE) {
            throw new IllegalArgumentException("exit codes " + successCodes + " are not one or more of 0..255");
        }
        successCodes = Collections.unmodifiableSortedSet(new TreeSet<>(successCodes));
    }

    /** What applies where the file says nothing. */
    public static RunPolicy standard(Schedule schedule) {
        var catchUp = usualCatchUp(schedule);
        return new RunPolicy(
                Overlap.SKIP,
                catchUp,
                catchUp == CatchUp.NONE ? PROMPT : CATCH_UP_DEADLINE,
                Duration.ZERO,
                Retries.none(),
                new TreeSet<>(java.util.List.of(0)));
    }

    /** This policy with another longest time for one try. */
    public RunPolicy withTimeout(Duration other) {
        return new RunPolicy(overlap, catchUp, startDeadline, other, retries, successCodes, output);
    }

    /** The last occurrence of a seldom task matters; the next one of a frequent task comes soon anyway. */
    public static CatchUp usualCatchUp(Schedule schedule) {
        if (!(schedule instanceof Schedule.Timed timed) || schedule instanceof Schedule.Delay) {
            return CatchUp.NONE;
        }
        long at = timed.nextAfter(SAMPLE_MILLIS);
        for (int i = 0; i < SAMPLES && at != Schedule.Timed.NEVER; i++) {
            long next = timed.nextAfter(at);
            if (next - at <= SELDOM.toMillis()) {
                return CatchUp.NONE;
            }
            at = next;
        }
        return CatchUp.LAST;
    }

    /** True if a process that ended with this code did what it should. */
    public boolean isSuccess(int exitCode) {
        return successCodes.contains(exitCode);
    }
}
