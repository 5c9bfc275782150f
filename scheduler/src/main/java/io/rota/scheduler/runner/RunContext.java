package io.rota.scheduler.runner;

import io.rota.scheduler.api.TaskContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a Java task is told. Thread-safe. */
public final class RunContext implements TaskContext {
    private final Facts facts;
    private final Clock clock;
    private final BooleanSupplier stopAsked;
    private final Consumer<String> lines;

    /**
     * What is fixed for one try.
     *
     * @param token fencing token; empty at level ring
     */
    public record Facts(
            String task,
            String runId,
            String node,
            Instant due,
            int attempt,
            OptionalLong token,
            SortedMap<String, String> parameters) {
        public Facts {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }
    }

    /**
     * @param stopAsked true once the run is to end
     * @param lines takes the lines that the task logs
     */
    public RunContext(Facts facts, Clock clock, BooleanSupplier stopAsked, Consumer<String> lines) {
        this.facts = facts;
        this.clock = clock;
        this.stopAsked = stopAsked;
        this.lines = lines;
    }

    @Override
    public String task() {
        return facts.task();
    }

    @Override
    public String runId() {
        return facts.runId();
    }

    @Override
    public String node() {
        return facts.node();
    }

    @Override
    public Instant due() {
        return facts.due();
    }

    @Override
    public int attempt() {
        return facts.attempt();
    }

    @Override
    public OptionalLong fencingToken() {
        return facts.token();
    }

    @Override
    public boolean isStillOwner() {
        return !stopAsked.getAsBoolean();
    }

    @Override
    public SortedMap<String, String> parameters() {
        return facts.parameters();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void log(String line) {
        lines.accept(line);
    }
}
