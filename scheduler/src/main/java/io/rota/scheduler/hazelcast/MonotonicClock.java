package io.rota.scheduler.hazelcast;

import com.hazelcast.internal.util.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Hazelcast's clock without steps: CP sessions live by the leader's wall clock, and a step of that clock frees the locks
 * of live holders. Named by the system property {@code com.hazelcast.clock.impl}; Hazelcast makes it.
 */
public final class MonotonicClock extends Clock.ClockImpl {
    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();

    @Override
    protected long currentTimeMillis() {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
}
