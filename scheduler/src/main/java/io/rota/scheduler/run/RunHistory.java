package io.rota.scheduler.run;

import io.rota.scheduler.RunState;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.view.RunView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest runs of each task on this node with the end of their output, in memory. Bounded: so many runs a task, so
 * many characters a run; the oldest go first. Thread-safe.
 */
public final class RunHistory {
    /** Runs kept per task. */
    public static final int RUNS_PER_TASK = 20;
    /** Characters of output kept per run. */
    public static final int OUTPUT_CHARS = 16 * 1024;

    private final String node;
    private final Map<String, Deque<Kept>> byTask = new HashMap<>();

    private static final class Kept {
        private Run run;
        private final StringBuilder output = new StringBuilder();

        Kept(Run run) {
            this.run = run;
        }
    }

    public RunHistory(String node) {
        this.node = node;
    }

    /** Keeps a state of a run: a new run, or the next state of a known one. */
    synchronized void keep(Run run) {
        var runs = byTask.computeIfAbsent(run.task(), task -> new ArrayDeque<>());
        for (var kept : runs) {
            if (kept.run.id().equals(run.id())) {
                kept.run = run;
                return;
            }
        }
        runs.addFirst(new Kept(run));
        if (runs.size() > RUNS_PER_TASK) {
            runs.removeLast();
        }
    }

    synchronized void output(String task, String runId, String text) {
        for (var kept : byTask.getOrDefault(task, new ArrayDeque<>())) {
            if (kept.run.id().equals(runId)) {
                kept.output.append(text);
                int excess = kept.output.length() - OUTPUT_CHARS;
                if (excess > 0) {
                    kept.output.delete(0, excess);
                }
                return;
            }
        }
    }

    /** The latest runs, newest first, with at most this many characters of output each. */
    public synchronized List<RunView> runs(String task, int limit, int outputChars) {
        var views = new ArrayList<RunView>();
        for (var kept : byTask.getOrDefault(task, new ArrayDeque<>())) {
            if (views.size() < limit) {
                views.add(view(kept, outputChars));
            }
        }
        return views;
    }

    private RunView view(Kept kept, int outputChars) {
        var run = kept.run;
        int from = Math.max(0, kept.output.length() - outputChars);
        boolean claimed = run.fencingToken().isPresent();
        return new RunView(
                run.id(),
                run.task(),
                node,
                run.state(),
                run.reason(),
                Instant.ofEpochMilli(run.dueWallMillis()),
                run.startedWallMillis() == 0 ? null : Instant.ofEpochMilli(run.startedWallMillis()),
                run.endedWallMillis() == 0 ? null : Instant.ofEpochMilli(run.endedWallMillis()),
                run.exit().isPresent() && run.state() != RunState.SKIPPED
                        ? run.exit().getAsInt()
                        : null,
                claimed ? run.token() : null,
                run.pid() == 0 ? null : run.pid(),
                kept.output.substring(from));
    }
}
