package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.view.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what is wrong although every node may think that all is well: a task that no node runs or has armed although one
 * should, a task that two nodes run, a node that no longer says where its tasks stand. What lasts longer than a hand-over
 * takes is an alarm: called at once, again and again while it lasts, and over when it is over. A pure rule: it is handed
 * the time and what the nodes have said. Confined to one thread.
 */
final class OrphanDetector {
    /** A hand-over, and the second that a report may be old, take no longer. */
    static final long GRACE_NANOS = 3_000_000_000L;
    /** What was said of a node must be said twice. */
    static final long SILENT_GRACE_NANOS = 400_000_000L;
    /** So long is judged nothing at first: books and lock group of a cluster that starts take that long. */
    static final long START_NANOS = 30_000_000_000L;
    /** An alarm that lasts is called again after so long. */
    static final long REPEAT_NANOS = 60_000_000_000L;

    private final long startNanos;
    private final SortedMap<Key, Trouble> troubles = new TreeMap<>();

    OrphanDetector(long startNanos) {
        this.startNanos = startNanos;
    }

    /** What an alarm is about. */
    enum Kind {
        /** No node runs the task, or has it armed for its next occurrence. */
        RUNS_NOWHERE,
        /** More than one node runs the task. */
        RUNS_TWICE,
        /** A live node does not say where its tasks stand. */
        NODE_SILENT
    }

    /** What one node said of a task. */
    record Said(TaskView.State state, String reason) {}

    /**
     * One task of the file in force.
     *
     * @param owner the node that should run it; empty if none is eligible
     * @param said by the live nodes, by name
     */
    record Sight(TaskDefinition task, String owner, SortedMap<String, Said> said) {}

    /** @param about a task, or for {@link Kind#NODE_SILENT} a node */
    record Alarm(Kind kind, String about, String reason, long sinceNanos) {}

    /**
     * What one look found.
     *
     * @param current every alarm that is on
     * @param called those that a person must hear now: new ones, and old ones again
     * @param over those that were on and are over
     */
    record Look(List<Alarm> current, List<Alarm> called, List<Alarm> over) {}

    private record Key(Kind kind, String about) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : about.compareTo(other.about);
        }
    }

    private record Finding(String reason, long graceNanos) {}

    private record Trouble(long sinceNanos, boolean on, long againNanos, String reason) {
        Alarm alarm(Key key) {
            return new Alarm(key.kind(), key.about(), reason, sinceNanos);
        }
    }

    /**
     * Looks once.
     *
     * @param silent live nodes that do not say where their tasks stand, with the reason
     */
    Look look(long nowNanos, List<Sight> sights, Map<String, String> silent) {
        var found = new TreeMap<Key, Finding>();
        silent.forEach(
                (node, reason) -> found.put(new Key(Kind.NODE_SILENT, node), new Finding(reason, SILENT_GRACE_NANOS)));
        for (var sight : sights) {
            // What a silent node owns may run or not: that the node is silent says it all.
            if (!silent.containsKey(sight.owner())) {
                judge(sight, found);
            }
        }
        return settle(nowNanos, found);
    }

    private Look settle(long nowNanos, SortedMap<Key, Finding> found) {
        var over = new ArrayList<Alarm>();
        for (var key : new TreeSet<>(troubles.keySet())) {
            if (!found.containsKey(key)) {
                var gone = troubles.remove(key);
                if (gone != null && gone.on()) {
                    over.add(gone.alarm(key));
                }
            }
        }
        var current = new ArrayList<Alarm>();
        var called = new ArrayList<Alarm>();
        found.forEach((key, finding) -> {
            var before = troubles.getOrDefault(key, new Trouble(nowNanos, false, nowNanos, finding.reason()));
            boolean on = before.on() || isDue(nowNanos, before.sinceNanos(), finding.graceNanos());
            boolean call = on && (!before.on() || nowNanos - before.againNanos() >= 0);
            var trouble = new Trouble(
                    before.sinceNanos(), on, call ? nowNanos + REPEAT_NANOS : before.againNanos(), finding.reason());
            troubles.put(key, trouble);
            if (on) {
                current.add(trouble.alarm(key));
            }
            if (call) {
                called.add(trouble.alarm(key));
            }
        });
        return new Look(current, called, over);
    }

    private boolean isDue(long nowNanos, long sinceNanos, long graceNanos) {
        return nowNanos - sinceNanos >= graceNanos && nowNanos - startNanos >= START_NANOS;
    }

    private static void judge(Sight sight, Map<Key, Finding> found) {
        var task = sight.task();
        var running = sight.said().entrySet().stream()
                .filter(entry -> entry.getValue().state() == TaskView.State.RUNNING)
                .map(Map.Entry::getKey)
                .toList();
        if (running.size() > 1) {
            found.put(
                    new Key(Kind.RUNS_TWICE, task.name()),
                    new Finding("runs on " + String.join(" and ", running) + " at the same time", GRACE_NANOS));
        } else if (sight.said().values().stream().noneMatch(said -> isWell(task, said.state()))) {
            boolean stopping = sight.said().values().stream().anyMatch(said -> said.state() == TaskView.State.STOPPING);
            long grace = GRACE_NANOS + (stopping ? task.stopGrace().toNanos() : 0);
            found.put(new Key(Kind.RUNS_NOWHERE, task.name()), new Finding(reason(sight), grace));
        }
    }

    /** True if the node runs it, or will by itself at a known time, or if a person has been called for it already. */
    private static boolean isWell(TaskDefinition task, TaskView.State state) {
        return switch (state) {
            case RUNNING, BACKOFF, FINISHED, IN_DOUBT -> true;
            case WAITING -> !task.isService();
            case STARTING, STOPPING, BLOCKED, DOUBLE_RUN, UNKNOWN -> false;
        };
    }

    private static String reason(Sight sight) {
        if (sight.owner().isEmpty()) {
            return "no live node is eligible: none is active and carries its tags";
        }
        var said = sight.said().get(sight.owner());
        var should = sight.owner() + " should run it";
        if (said == null) {
            return should + " and has not reported yet";
        }
        if (!said.reason().isEmpty()) {
            return should + ": " + said.reason();
        }
        return should
                + switch (said.state()) {
                    case STARTING -> " and does not get it started";
                    case STOPPING -> " and does not get its last run stopped";
                    case WAITING, BLOCKED, RUNNING, BACKOFF, FINISHED, IN_DOUBT, DOUBLE_RUN -> " and does not begin";
                    case UNKNOWN -> " and does not take it up";
                };
    }
}
