package io.rota.scheduler.loop;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Monotonic time that goes on while the machine is suspended, in nanoseconds from an arbitrary instant. On Linux
 * {@link System#nanoTime} stands still then, so that a lease would seem good for as long after a night's sleep as it was
 * before; the machine's uptime (CLOCK_BOOTTIME, /proc/uptime, 10 ms steps) tells the difference. Where there is no
 * uptime to read this is plain {@code nanoTime}. Thread-safe.
 */
public final class BootClock {
    /** Differences below this are the steps of the uptime and the time between two reads. */
    private static final long TOLERANCE_NANOS = 100_000_000L;

    private static final BootClock SYSTEM = new BootClock(System::nanoTime, new Uptime());

    private final LongSupplier nanoTime;
    private final Supplier<OptionalLong> uptime;
    private final long firstGapNanos;
    private long suspendedNanos;

    /** @param uptime time since the machine's start, suspend included; empty if it cannot be told */
    BootClock(LongSupplier nanoTime, Supplier<OptionalLong> uptime) {
        this.nanoTime = nanoTime;
        this.uptime = uptime;
        var up = uptime.get();
        this.firstGapNanos = up.isPresent() ? up.getAsLong() - nanoTime.getAsLong() : 0;
    }

    /** Now, for comparison with other answers of this method in this process only. */
    public static long nanos() {
        return SYSTEM.read();
    }

    /** Time since the machine's start, suspend included: the same for all processes of the machine. */
    public static OptionalLong uptimeNanos() {
        return SYSTEM.uptime.get();
    }

    synchronized long read() {
        // In this order a thread that is held up between the two reads takes a suspend for shorter, never for longer.
        var up = uptime.get();
        long now = nanoTime.getAsLong();
        if (up.isPresent()) {
            long gap = up.getAsLong() - now - firstGapNanos;
            if (gap - suspendedNanos > TOLERANCE_NANOS) {
                suspendedNanos = gap;
            }
        }
        return now + suspendedNanos;
    }

    /** /proc/uptime, kept open so that it can be read when descriptors have run out. */
    private static final class Uptime implements Supplier<OptionalLong> {
        private static final int MAX_BYTES = 64;

        private final byte[] bytes = new byte[MAX_BYTES];
        // Null where the machine has no such file.
        private final @Nullable RandomAccessFile file = open();

        private static @Nullable RandomAccessFile open() {
            try {
                return new RandomAccessFile("/proc/uptime", "r");
            } catch (IOException e) {
                return null;
            }
        }

        @Override
        public synchronized OptionalLong get() {
            if (file == null) {
                return OptionalLong.empty();
            }
            try {
                file.seek(0);
                int length = Math.max(0, file.read(bytes));
                return OptionalLong.of(parse(new String(bytes, 0, length, StandardCharsets.US_ASCII)));
            } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
                return OptionalLong.empty();
            }
        }
    }

    /** From "12345.67 54321.00": seconds with two digits behind the point. */
    static long parse(String text) {
        var seconds = text.strip().split(" ", 2)[0].split("\\.", 2);
        return (Long.parseLong(seconds[0]) * 100 + Long.parseLong(seconds[1])) * 10_000_000L;
    }
}
