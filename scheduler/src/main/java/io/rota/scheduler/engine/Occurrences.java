package io.rota.scheduler.engine;

import io.rota.hashing.XxHash64;
import io.rota.scheduler.Schedule;

/**
 * The occurrences of one task in their order, each with a jitter that follows from task and occurrence alone. A jitter
 * ends before the next occurrence, so the order of due times is the order of occurrences. Immutable.
 */
final class Occurrences {
    static final long NEVER = Schedule.Timed.NEVER;

    private static final long FAR_MILLIS = 25 * 3_600_000L;

    private final String task;
    private final Schedule.Timed schedule;

    Occurrences(String task, Schedule.Timed schedule) {
        this.task = task;
        this.schedule = schedule;
    }

    /** The next one after this nominal instant; due {@link #NEVER} if there is none. */
    Occurrence after(long nominalMillis) {
        long next = schedule.nextAfter(nominalMillis);
        return new Occurrence(next, next == NEVER ? NEVER : next + delayMillis(next));
    }

    /** A cursor such that {@link #after} gives the first occurrence that is due strictly after this instant. */
    long cursorAt(long wallMillis) {
        long cursor = wallMillis - schedule.jitter().toMillis();
        while (true) {
            var next = after(cursor);
            if (next.nominalMillis() > wallMillis || next.dueMillis() > wallMillis) {
                return cursor;
            }
            cursor = next.nominalMillis();
        }
    }

    /** True if a cursor lies beyond an occurrence that comes only a day and an hour from now: some clock was wrong then. */
    boolean isTooFarAhead(long cursor, long wallMillis) {
        long limit = wallMillis + FAR_MILLIS;
        return cursor > limit && schedule.nextAfter(limit) <= cursor;
    }

    /** A cursor not far before this instant: some occurrences lie between them if there is any, but not many. */
    long cursorShortlyBefore(long wallMillis, long notBefore) {
        long distance = 1_000;
        while (wallMillis - distance > notBefore && schedule.nextAfter(wallMillis - distance) > wallMillis) {
            distance *= 2;
        }
        return Math.max(notBefore, wallMillis - distance);
    }

    private long delayMillis(long nominalMillis) {
        long jitter = schedule.jitter().toMillis();
        if (jitter == 0) {
            return 0;
        }
        long room = Math.min(jitter, schedule.nextAfter(nominalMillis) - nominalMillis);
        return Long.remainderUnsigned(XxHash64.hash(task + "@" + nominalMillis), room);
    }
}
