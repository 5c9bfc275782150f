package io.rota.scheduler.arbitration;

import java.time.Duration;
import java.util.function.Supplier;

/** A lock service that never answers, so that the books alone must hold. */
final class NoLocks implements TaskLocks {
    @Override
    public <T> Outcome<T> underLock(String task, Duration limit, Supplier<T> decision) {
        return new Outcome.Unavailable<>("no lock service in this world");
    }

    @Override
    public Status status() {
        return new Status(false, 0);
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
