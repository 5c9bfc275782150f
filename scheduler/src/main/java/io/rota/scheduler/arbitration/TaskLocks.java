package io.rota.scheduler.arbitration;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * One lock per task, held for the length of one decision, never of a run. The lock keeps two arbiters from fighting over
 * a claim; safety rests on the books alone. Thread-safe.
 */
public interface TaskLocks extends AutoCloseable {

    /** What became of an attempt to decide under the lock. */
    sealed interface Outcome<T> {

        /** The lock was held while the decision was taken. */
        record Decided<T>(T value) implements Outcome<T> {}

        /** Somebody else held the lock all the while; the decision was not taken. */
        record Busy<T>() implements Outcome<T> {}

        /** The lock service did not answer; the decision was not taken and never will be. */
        record Unavailable<T>(String reason) implements Outcome<T> {}
    }

    /** Whether the lock service works. */
    record Status(boolean ready, int members) {}

    /**
     * Takes the decision while holding the task's lock, if the lock can be had within the limit. After {@code Busy} or
     * {@code Unavailable} the decision has not run and will not run later.
     */
    <T> Outcome<T> underLock(String task, Duration limit, Supplier<T> decision);

    Status status();

    @Override
    void close();
}
