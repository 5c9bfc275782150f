package io.rota.scheduler.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test sets it. Thread-safe. */
public final class SettableClock extends Clock {
    private final Time time;
    private final ZoneId zone;

    private static final class Time {
        private Instant now;

        Time(Instant now) {
            this.now = now;
        }

        synchronized Instant now() {
            return now;
        }

        synchronized void set(Instant instant) {
            now = instant;
        }

        synchronized void advance(Duration amount) {
            now = now.plus(amount);
        }
    }

    private SettableClock(Time time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    /** A clock that shows this, in UTC. */
    public static SettableClock at(Instant instant) {
        return new SettableClock(new Time(instant), ZoneOffset.UTC);
    }

    /** Shows this from now on, earlier or later. */
    public void set(Instant instant) {
        time.set(instant);
    }

    /** Goes on by so much; back by a negative amount. */
    public void advance(Duration amount) {
        time.advance(amount);
    }

    @Override
    public Instant instant() {
        return time.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same time, seen from another zone: setting one sets both. */
    @Override
    public SettableClock withZone(ZoneId other) {
        return new SettableClock(time, other);
    }
}
