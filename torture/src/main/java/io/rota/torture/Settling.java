package io.rota.torture;

import io.rota.torture.history.Settle;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Waits until something is well and stays so. Confined to the main thread. */
final class Settling {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** What is well for so long is at rest: the last change may still have an effect to come. */
    private static final long STABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final long limitNanos;
    private final Consumer<String> say;

    /** @param limit after so long it is given up */
    Settling(Duration limit, Consumer<String> say) {
        this.limitNanos = limit.toNanos();
        this.say = say;
    }

    /** Something that can be waited for: what it lacks, empty if nothing. */
    interface Lack {
        String missing() throws IOException;
    }

    /** @param round what it is waited for after */
    Settle await(int round, Lack lack) throws IOException {
        long from = System.nanoTime();
        long since = from;
        var missing = lack.missing();
        for (long now = from; now - since < STABLE_NANOS && now - from < limitNanos; now = System.nanoTime()) {
            LockSupport.parkNanos(POLL_NANOS);
            missing = lack.missing();
            since = missing.isEmpty() ? since : System.nanoTime();
        }
        var settle = new Settle(round, from, missing.isEmpty() ? since : System.nanoTime(), missing);
        long millis = (settle.untilNanos() - from) / 1_000_000;
        say.accept(settle.done() ? "at rest after " + millis + " ms" : "NOT at rest: " + missing);
        return settle;
    }
}
