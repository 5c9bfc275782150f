package io.rota.torture.check;

import io.rota.torture.history.Event;
import io.rota.torture.history.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A run that wrote after a later one of its task had started: by the order of the appends both were alive. Immutable.
 *
 * @param older a line of the older run, its last
 * @param newer the start of the newer run
 * @param lines how many lines the older run wrote after that start
 * @param untilNanos when the first of the two wrote its last line
 * @param onlyGrandchildren true if all of them came from a grandchild in a session of its own
 */
public record Overlap(Line older, Line newer, int lines, long untilNanos, boolean onlyGrandchildren) {

    /** All overlaps in the lines of one task. */
    static List<Overlap> in(List<Line> lines) {
        var found = new LinkedHashMap<String, Overlap>();
        var starts = new HashMap<String, Integer>();
        var started = new ArrayList<Line>();
        for (var line : lines) {
            int number = starts.computeIfAbsent(line.runKey(), key -> {
                started.add(line);
                return started.size() - 1;
            });
            if (number < started.size() - 1) {
                var newer = started.get(started.size() - 1);
                boolean grandchild = line.event() == Event.CHILD;
                found.merge(
                        line.runKey() + ">" + newer.runKey(),
                        new Overlap(line, newer, 1, line.atNanos(), grandchild),
                        (seen, next) -> seen.and(line));
            }
        }
        var last = new HashMap<String, Long>();
        lines.forEach(line -> last.put(line.runKey(), line.atNanos()));
        return found.values().stream()
                .map(overlap ->
                        overlap.endedBy(last.getOrDefault(overlap.newer().runKey(), 0L)))
                .toList();
    }

    /** When the later runs began of all overlaps in the lines of one task. */
    public static List<Long> startsIn(List<Line> lines) {
        return in(lines).stream().map(overlap -> overlap.newer().atNanos()).toList();
    }

    private Overlap and(Line line) {
        return new Overlap(line, newer, lines + 1, line.atNanos(), onlyGrandchildren && line.event() == Event.CHILD);
    }

    private Overlap endedBy(long nanos) {
        return new Overlap(older, newer, lines, Math.min(untilNanos, nanos), onlyGrandchildren);
    }

    long millis() {
        return Math.max(0, untilNanos - newer.atNanos()) / 1_000_000;
    }

    String text() {
        return newer.task() + ": " + name(older) + " wrote " + lines + " lines after " + name(newer)
                + " had started; both lived for " + millis() + " ms";
    }

    private static String name(Line line) {
        return line.node() + (line.token() == 0 ? "" : " token " + line.token()) + " pid " + line.rootPid();
    }

    Violation asViolation() {
        return new Violation(newer.atNanos(), older.node(), text());
    }
}
