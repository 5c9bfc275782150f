package io.rota.torture.history;

import io.rota.torture.nemesis.Fault;
import io.rota.torture.nemesis.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes histories by hand; times are milliseconds. */
public final class HistoryMaker {
    private static final List<TaskSpec> TASKS =
            List.of(new TaskSpec("x", true, "plain", 0), new TaskSpec("r", false, "plain", 0));

    private final List<Line> lines = new ArrayList<>();
    private final List<FaultWindow> faults = new ArrayList<>();
    private final List<Settle> settles = new ArrayList<>();
    private final List<NodeLife> lives = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<LogError> errors = new ArrayList<>();
    private Optional<Settle> locks = Optional.empty();
    private int torn;

    /** A line of the exclusive task x. */
    public HistoryMaker x(long millis, Event event, String node, long pid, long token) {
        lines.add(line(millis, event, "x", node, pid, token));
        return this;
    }

    /** A line of the ring task r. */
    public HistoryMaker r(long millis, Event event, String node, long pid) {
        lines.add(line(millis, event, "r", node, pid, 0));
        return this;
    }

    private static Line line(long millis, Event event, String task, String node, long pid, long token) {
        return new Line(millis * 1_000_000, event, task, task + "@0", token, node, pid, pid, node + "/boot");
    }

    /** A fault that was carried out. */
    public HistoryMaker fault(int round, FaultKind kind, int node, long fromMillis, long untilMillis) {
        return fault(round, kind, node, fromMillis, untilMillis, Optional.empty());
    }

    /** A fault that could not be carried out. */
    public HistoryMaker skippedFault(int round, FaultKind kind, String why) {
        return fault(round, kind, 0, 0, 0, Optional.of(why));
    }

    private HistoryMaker fault(
            int round, FaultKind kind, int node, long fromMillis, long untilMillis, Optional<String> skipped) {
        var fault = new Fault(kind, List.of(node), 0, untilMillis - fromMillis);
        faults.add(new FaultWindow(round, fault, fromMillis * 1_000_000, untilMillis * 1_000_000, skipped));
        return this;
    }

    /** How the cluster came to rest after a round. */
    public HistoryMaker rest(int round, long fromMillis, long untilMillis, String missing) {
        settles.add(new Settle(round, fromMillis * 1_000_000, untilMillis * 1_000_000, missing));
        return this;
    }

    /** How the lock group came back in the end. */
    public HistoryMaker locks(long fromMillis, long untilMillis, String missing) {
        locks = Optional.of(new Settle(9, fromMillis * 1_000_000, untilMillis * 1_000_000, missing));
        return this;
    }

    /** A life of a node. */
    public HistoryMaker life(String node, long fromMillis, long untilMillis, NodeLife.End end, int exitCode) {
        boolean coded = end == NodeLife.End.TOLD || end == NodeLife.End.UNASKED;
        lives.add(new NodeLife(
                node,
                1,
                fromMillis * 1_000_000,
                untilMillis * 1_000_000,
                end,
                coded ? OptionalInt.of(exitCode) : OptionalInt.empty()));
        return this;
    }

    /** A process of a gone node. */
    public HistoryMaker sighting(long millis, long pid, String node) {
        sightings.add(new Sighting(millis * 1_000_000, pid, "x", node + "/boot"));
        return this;
    }

    /** A line of level ERROR. */
    public HistoryMaker error(String node, String text) {
        errors.add(new LogError(node, text));
        return this;
    }

    /** A torn line of the witness. */
    public HistoryMaker tornLine() {
        torn++;
        return this;
    }

    /** All of it. */
    public History history() {
        return new History(
                TASKS, lines, torn, faults, settles, locks, new History.NodeRecords(lives, sightings, errors));
    }
}
