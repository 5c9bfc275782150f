package io.rota.scheduler;

import java.time.Duration;

/**
 * How often and when a failed run is tried again on its node.
 *
 * @param max tries after the first, 0 to 100
 * @param backoff delay before the second try, 100 ms to 1 h
 * @param factor growth of the delay per try, 1 to 10
 * @param maxDelay greatest delay, 100 ms to 1 d
 * @param jitter share of the delay that chance may take off, 0 to 1
 */
public record Retries(int max, Duration backoff, double factor, Duration maxDelay, double jitter) {
    /** Most tries after the first. */
    public static final int MAX = 100;
    /** Shortest delay. */
    public static final Duration MIN_DELAY = Duration.ofMillis(100);
    /** Longest first delay. */
    public static final Duration MAX_BACKOFF = Duration.ofHours(1);
    /** Longest delay. */
    public static final Duration MAX_DELAY = Duration.ofDays(1);
    /** Strongest growth. */
    public static final double MAX_FACTOR = 10;

    public Retries {
        check(max >= 0 && max <= MAX, "max " + max + " is not within 0.." + MAX);
        check(within(backoff, MAX_BACKOFF), "backoff " + backoff + " is not within 100ms..1h");
        check(within(maxDelay, MAX_DELAY), "max_delay " + maxDelay + " is not within 100ms..1d");
        check(factor >= 1 && factor <= MAX_FACTOR, "factor " + factor + " is not within 1..10");
        check(jitter >= 0 && jitter <= 1, "jitter " + jitter + " is not within 0..1");
    }

    /** No second try; the delays are those that apply once {@code max} is raised. */
    public static Retries none() {
        return new Retries(0, Duration.ofSeconds(10), 2, Duration.ofMinutes(10), 0.3);
    }

    /**
     * Delay before the next try, in milliseconds.
     *
     * @param failed tries that have failed so far, from 1
     * @param chance in [0, 1)
     */
    public long delayMillis(int failed, double chance) {
        double grown = (double) backoff.toMillis() * StrictMath.pow(factor, failed - 1.0);
        double capped = Math.min(grown, (double) maxDelay.toMillis());
        return Math.round(capped * (1 - jitter * chance));
    }

    private static boolean within(Duration delay, Duration longest) {
        return delay.compareTo(MIN_DELAY) >= 0 && delay.compareTo(longest) <= 0;
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
