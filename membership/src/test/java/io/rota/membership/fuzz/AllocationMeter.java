package io.rota.membership.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a piece of work allocates, by the thread's own counter. Confined to one thread. */
final class AllocationMeter {

    /** Whatever comes in, it may not cost more than this. */
    static final long LIMIT_BYTES = 64 * 1024;

    private static final int TRIES = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Runs it; fails where it allocates more than the limit, also when it is tried again: the first time may load a class. */
    <T> T within(long limitBytes, Supplier<T> work) {
        return within(limitBytes, () -> work, Supplier::get);
    }

    /** The same of work on something that is made anew for each try, and not measured. */
    <S, T> T within(long limitBytes, Supplier<S> fresh, Function<S, T> work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            S subject = fresh.get();
            long before = threads.getCurrentThreadAllocatedBytes();
            T result = work.apply(subject);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            if (least <= limitBytes) {
                return result;
            }
        }
        assertThat(least).as("bytes allocated").isLessThanOrEqualTo(limitBytes);
        throw new AssertionError("not reached");
    }
}
