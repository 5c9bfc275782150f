package io.rota.scheduler.engine;

/** Crash-loop backoff of a service: 1 s, doubling to 5 min; a run of 10 min or more is healthy and starts over. */
final class Backoff {
    static final long FIRST_MILLIS = 1_000;
    static final long MAX_MILLIS = 300_000;
    static final long HEALTHY_MILLIS = 600_000;

    private Backoff() {}

    /** Failures in a row after one more run that lasted this long. */
    static int failuresAfter(int failures, long ranMillis) {
        return ranMillis >= HEALTHY_MILLIS ? 1 : Math.min(failures + 1, 30);
    }

    /** Delay before the next start after this many failures in a row, in milliseconds. */
    static long delayMillis(int failures) {
        int doublings = Math.min(Math.max(failures - 1, 0), 20);
        return Math.min(FIRST_MILLIS << doublings, MAX_MILLIS);
    }
}
