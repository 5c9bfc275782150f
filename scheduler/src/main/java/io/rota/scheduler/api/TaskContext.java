package io.rota.scheduler.api;

import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.SortedMap;

/** What a run knows of itself, and how it speaks. Thread-safe, and of no use after the run has ended. */
public interface TaskContext {
    /** Name of the task. */
    String task();

    /** {@code task@instant}: names the occurrence, the same in every try and on every node. Use it as idempotency key. */
    String runId();

    /** Name of the node that runs it. */
    String node();

    /** When the occurrence was due by the schedule, without jitter or delay. */
    Instant due();

    /** Which try of the occurrence this is, from 1. */
    int attempt();

    /**
     * The fencing token, greater than that of every earlier run of the task. Send it with each write, and let the resource
     * refuse smaller ones. Empty at level ring.
     */
    OptionalLong fencingToken();

    /**
     * False once the run is to end: the node hands the task over, its lease runs out, or its time is up. The thread has
     * been interrupted then. True is no proof (this process may have been frozen): the token is.
     */
    boolean isStillOwner();

    /** Parameters of the task, by name; immutable. */
    SortedMap<String, String> parameters();

    /** The clock to read the time from; a test can set it. UTC. */
    Clock clock();

    /** Adds a line to the run's output. Its last 16 KB are kept with the run. */
    void log(String line);
}
