package io.rota.scheduler.guard;

import java.util.concurrent.TimeUnit;

/**
 * Judges whether a guard is frozen: it has sent stamps, and then none for too long while this process itself was awake.
 * A look that comes late means that this process stood still, and says nothing about the guard. Pure; confined to the
 * thread that looks.
 */
final class StampWatch {
    /** Time between two looks. */
    static final long LOOK_MILLIS = 200;
    /** Seven stamps in a row are missing; with a look and the kill it makes two seconds from the freeze. */
    static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    /** A look that is later than this was held up itself. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS * 3);

    private long lastStamp = Guard.NO_STAMP;
    private long heardNanos;
    private long lookedNanos;

    /**
     * Looks once.
     *
     * @param latestStamp the guard's latest stamp, or {@link Guard#NO_STAMP} before its first
     * @return true if the guard is frozen
     */
    boolean isFrozen(long latestStamp, long nowNanos) {
        boolean late = nowNanos - lookedNanos > LATE_NANOS;
        lookedNanos = nowNanos;
        if (late || latestStamp != lastStamp || latestStamp == Guard.NO_STAMP) {
            lastStamp = latestStamp;
            heardNanos = nowNanos;
        }
        return nowNanos - heardNanos > LIMIT_NANOS;
    }
}
