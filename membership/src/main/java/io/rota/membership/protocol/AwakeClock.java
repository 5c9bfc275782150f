package io.rota.membership.protocol;

/**
 * Time that stands still while this process does. Confined to the protocol thread. When an input comes later than the earliest timer was
 * due, the process did not run in between (garbage collection, SIGSTOP, starved of CPU): that span is taken out, so that every probe and
 * every suspicion has its full time of listening. A paused node so accuses nobody. After a long stall a grace is added, for the inbox to be read
 * before any timer fires. A clock that is set back, which none of this kind should be, takes no time away: it counts on from there. (Cassandra's local-pause gate, taken further: the deadlines move with the pause.)
 */
final class AwakeClock {

    /** Lateness below this is ordinary scheduling. */
    static final long STALL_NANOS = 50_000_000;
    /** Stalls from here on are worth telling, and void the probes under way. */
    static final long LONG_STALL_NANOS = 300_000_000;

    private static final long GRACE_NANOS = 200_000_000;

    private final boolean gated;
    private long lostNanos;
    private long fallenNanos;
    private long lastNanos;

    AwakeClock(boolean gated, long nowNanos) {
        this.gated = gated;
        this.lastNanos = nowNanos;
    }

    /** Takes the stall out, if there was one, and returns its length, else 0. */
    long observe(long nowNanos, long nextTimerAwakeNanos) {
        if (nowNanos < lastNanos) {
            fallenNanos += lastNanos - nowNanos;
            lostNanos -= lastNanos - nowNanos;
        }
        lastNanos = nowNanos;
        if (!gated || nextTimerAwakeNanos == Long.MAX_VALUE) {
            return 0;
        }
        long late = awake(nowNanos) - nextTimerAwakeNanos;
        if (late < STALL_NANOS) {
            return 0;
        }
        lostNanos += late + (late >= LONG_STALL_NANOS ? GRACE_NANOS : 0);
        return late;
    }

    /** The same instant on a clock that runs through stalls and was never set back; for lengths of time. */
    long steady(long awakeNanos) {
        return awakeNanos + lostNanos + fallenNanos;
    }

    long awake(long nowNanos) {
        return nowNanos - lostNanos;
    }

    /** When, on the shell's clock, that awake instant comes if nothing stalls. */
    long real(long awakeNanos) {
        return awakeNanos == Long.MAX_VALUE ? Long.MAX_VALUE : awakeNanos + lostNanos;
    }
}
