package io.rota.scheduler.testing;

import io.rota.scheduler.api.Task;
import io.rota.scheduler.runner.RunContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Task} as a node would, in a test: on a thread of its own that is interrupted when the run is to end, with
 * everything its context says set by the test. Not thread-safe; the task's side is.
 */
public final class TaskTrial {
    private final Task task;
    private final SortedMap<String, String> parameters = new TreeMap<>();
    private String name = "task";
    private Instant due = Instant.parse("2026-01-01T00:00:00Z");
    private int attempt = 1;
    private OptionalLong token = OptionalLong.empty();
    private @Nullable Clock clock;
    private @Nullable String revokeWhenLogged;
    private Duration limit = Duration.ofSeconds(10);

    private TaskTrial(Task task) {
        this.task = task;
    }

    /** A trial of this task: first try, at level ring, without parameters, due at the beginning of 2026. */
    public static TaskTrial of(Task task) {
        return new TaskTrial(task);
    }

    /** Name of the task; the run's id is {@code name@due}. */
    public TaskTrial named(String other) {
        name = other;
        return this;
    }

    /** When the occurrence was due; the clock shows this too unless it is set. */
    public TaskTrial due(Instant instant) {
        due = instant;
        return this;
    }

    /** Which try this is, from 1. */
    public TaskTrial attempt(int number) {
        attempt = number;
        return this;
    }

    /** Runs it above level ring, with this fencing token. */
    public TaskTrial token(long fencingToken) {
        token = OptionalLong.of(fencingToken);
        return this;
    }

    /** Sets a parameter of the task. */
    public TaskTrial parameter(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    /** What {@code context.clock()} shows; best a {@link SettableClock}. */
    public TaskTrial clock(Clock other) {
        clock = other;
        return this;
    }

    /** Takes ownership away, and interrupts, as soon as the task logs a line that contains this. */
    public TaskTrial revokeWhenLogged(String part) {
        revokeWhenLogged = part;
        return this;
    }

    /** The longest time that the task may take; 10 s unless set. */
    public TaskTrial within(Duration time) {
        limit = time;
        return this;
    }

    /**
     * How the run ended.
     *
     * @param failure what the task threw; empty after success
     * @param log the lines that it logged
     * @param revoked true if ownership was taken away before it ended
     */
    public record Result(Optional<Throwable> failure, List<String> log, boolean revoked) {
        public Result {
            log = List.copyOf(log);
        }

        /** True if the task returned. */
        public boolean succeeded() {
            return failure.isEmpty();
        }
    }

    /**
     * Runs it; blocks until it has ended.
     *
     * @throws IllegalStateException if it has not ended within the limit
     */
    public Result run() {
        var log = Collections.synchronizedList(new ArrayList<String>());
        var revoked = new AtomicBoolean();
        var thrown = new AtomicReference<@Nullable Throwable>();
        var thread = new AtomicReference<@Nullable Thread>();
        var facts = new RunContext.Facts(name, name + "@" + due, "test", due, attempt, token, parameters);
        var context = new RunContext(facts, clock == null ? SettableClock.at(due) : clock, revoked::get, line -> {
            log.add(line);
            var worker = thread.get();
            if (revokeWhenLogged != null && line.contains(revokeWhenLogged) && worker != null) {
                revoked.set(true);
                worker.interrupt();
            }
        });
        var worker = new Thread(() -> thrown.set(thrownBy(context)), "task " + name);
        worker.setDaemon(true);
        thread.set(worker);
        worker.start();
        await(worker);
        return new Result(Optional.ofNullable(thrown.get()), List.copyOf(log), revoked.get());
    }

    private @Nullable Throwable thrownBy(RunContext context) {
        try {
            task.run(context);
            return null;
        } catch (Throwable e) {
            // An Error fails a run as well; the test wants to see it.
            return e;
        }
    }

    private void await(Thread worker) {
        try {
            worker.join(limit.toMillis());
            if (worker.isAlive()) {
                worker.interrupt();
                throw new IllegalStateException("the task has not ended within " + limit
                        + (revokeWhenLogged == null ? "" : "; it must end when it is interrupted"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the test was interrupted while it waited for the task", e);
        }
    }
}
