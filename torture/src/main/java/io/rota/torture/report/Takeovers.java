package io.rota.torture.report;

import io.rota.torture.history.Bar;
import io.rota.torture.history.FaultWindow;
import io.rota.torture.history.History;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long a service of a victim stood still: from the fault to the first start of it in another process, by kind of fault
 * and level; faults of a round that held several count as composed. Services that nobody had to take over before the cluster was at rest again are not counted. Pure.
 */
final class Takeovers {
    private static final long REST_NANOS = 60_000_000_000L;

    private Takeovers() {}

    static Map<String, Map<String, Spread>> of(History history) {
        var bars = Bar.of(history.lines());
        var found = new TreeMap<String, Map<String, List<Long>>>();
        for (var window :
                history.faults().stream().filter(FaultWindow::carriedOut).toList()) {
            for (var task : history.tasks().stream().filter(TaskSpec::isService).toList()) {
                millis(history, bars, window, task)
                        .ifPresent(millis -> found.computeIfAbsent(kind(history, window), kind -> new TreeMap<>())
                                .computeIfAbsent(task.exclusive() ? "exclusive" : "ring", level -> new ArrayList<>())
                                .add(millis));
            }
        }
        var spreads = new TreeMap<String, Map<String, Spread>>();
        found.forEach((kind, levels) -> {
            var byLevel = new TreeMap<String, Spread>();
            levels.forEach((level, millis) -> byLevel.put(level, Spread.of(millis)));
            spreads.put(kind, byLevel);
        });
        return spreads;
    }

    private static String kind(History history, FaultWindow window) {
        long together = history.faults().stream()
                .filter(other -> other.round() == window.round() && other.carriedOut())
                .count();
        return together == 1 ? window.fault().kind().toString() : "composed";
    }

    private static Optional<Long> millis(History history, List<Bar> bars, FaultWindow window, TaskSpec task) {
        var runs = bars.stream().filter(bar -> bar.task().equals(task.name())).toList();
        var before = runs.stream()
                .filter(bar -> bar.startNanos() < window.startNanos())
                .reduce((first, second) -> second)
                .filter(bar -> window.fault().meets(bar.node()));
        return before.flatMap(old -> runs.stream()
                .filter(bar -> bar.startNanos() >= window.startNanos()
                        && bar.startNanos() <= history.calmAfter(window, REST_NANOS))
                .map(bar -> (bar.startNanos() - window.startNanos()) / 1_000_000)
                .findFirst());
    }
}
