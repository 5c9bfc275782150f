package io.rota.scheduler.run;

import io.rota.scheduler.SecretSource;
import io.rota.scheduler.guard.GuardCommand;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Starts the runs that have secrets: reads them on threads of its own, since a disk may hang, and then has the guard
 * start the process. Keeps the masks that their output is shown through. Thread-safe.
 */
final class SecretStarts implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int QUEUE_LIMIT = 10_000;
    private static final long IDLE_SECONDS = 10;

    private final Consumer<GuardCommand.Start> guard;
    private final BiConsumer<String, String> notStarted;
    private final Set<String> reading = new HashSet<>();
    private final Map<String, OutputMask> masks = new HashMap<>();
    private final ThreadPoolExecutor threads;

    /**
     * @param guard has it started
     * @param notStarted hears the run and the reason
     */
    SecretStarts(Consumer<GuardCommand.Start> guard, BiConsumer<String, String> notStarted) {
        this.guard = guard;
        this.notStarted = notStarted;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_LIMIT), work -> {
                    var thread = new Thread(work, "secrets");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    void start(GuardCommand.Start order, SortedMap<String, SecretSource> secrets) {
        synchronized (this) {
            reading.add(order.runId());
        }
        try {
            threads.execute(() -> readAndStart(order, secrets));
        } catch (RejectedExecutionException e) {
            fail(order.runId(), "too many runs wait for their secrets to be read");
        }
    }

    private void readAndStart(GuardCommand.Start order, SortedMap<String, SecretSource> secrets) {
        try {
            var values = SecretValues.read(secrets, System::getenv);
            // Under the lock, so that a stop comes to the guard behind the start.
            synchronized (this) {
                if (reading.remove(order.runId())) {
                    masks.put(order.runId(), new OutputMask(values.values()));
                    guard.accept(with(order, values));
                }
            }
        } catch (IOException | RuntimeException e) {
            fail(order.runId(), String.valueOf(e.getMessage()));
        }
    }

    private static GuardCommand.Start with(GuardCommand.Start order, SortedMap<String, String> values) {
        var environment = new TreeMap<>(order.environment());
        environment.putAll(values);
        return new GuardCommand.Start(
                order.runId(), order.argv(), order.workingDir(), environment, order.exclusive(), order.confinement());
    }

    private void fail(String runId, String why) {
        boolean waiting;
        synchronized (this) {
            waiting = reading.remove(runId);
        }
        if (waiting) {
            notStarted.accept(runId, why);
        }
    }

    /** Gives up a run that the guard has not heard of; true if it is one. */
    boolean stop(String runId) {
        boolean waiting;
        synchronized (this) {
            waiting = reading.contains(runId);
        }
        fail(runId, "it was stopped before its secrets were read");
        return waiting;
    }

    /** The next piece of a run's output as anybody may see it. */
    synchronized String shown(String runId, String text) {
        var mask = masks.get(runId);
        return mask == null ? text : mask.pass(text);
    }

    /** The process has ended: what was held back of its output. */
    synchronized String rest(String runId) {
        var mask = masks.get(runId);
        return mask == null ? "" : mask.rest();
    }

    /** The run has ended, and nothing of its output is shown any more. */
    synchronized void forget(String runId) {
        masks.remove(runId);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
