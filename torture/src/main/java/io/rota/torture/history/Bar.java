package io.rota.torture.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * One run from its first line to its last, as the witness saw it. Immutable.
 *
 * @param ended true if the run itself wrote that it ended
 */
public record Bar(String task, String node, String boot, long token, long startNanos, long lastNanos, boolean ended) {

    /** The runs of a history in the order in which they started. */
    public static List<Bar> of(List<Line> lines) {
        var bars = new LinkedHashMap<String, Bar>();
        for (var line : lines) {
            bars.merge(line.runKey(), first(line), (bar, next) -> bar.until(line));
        }
        return new ArrayList<>(bars.values());
    }

    private static Bar first(Line line) {
        return new Bar(line.task(), line.node(), line.boot(), line.token(), line.atNanos(), line.atNanos(), false);
    }

    private Bar until(Line line) {
        return new Bar(
                task,
                node,
                boot,
                token,
                startNanos,
                Math.max(lastNanos, line.atNanos()),
                ended || line.event() == Event.END);
    }
}
