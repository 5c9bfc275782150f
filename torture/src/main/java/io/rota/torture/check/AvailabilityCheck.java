package io.rota.torture.check;

import io.rota.torture.history.FaultWindow;
import io.rota.torture.history.History;
import io.rota.torture.history.Line;
import io.rota.torture.history.Settle;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Safety is not bought by idleness: between a rest and the next fault a service stands still for no more than 5 % of the
 * time and the 3 s of one hand-over, when a node that had been away takes part again. A second without a line counts as
 * work, more does not.
 */
final class AvailabilityCheck implements Check {
    private static final double MOST_IDLE = 0.05;
    private static final long HAND_OVER_NANOS = 3_000_000_000L;
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private record Stretch(long fromNanos, long untilNanos) {}

    @Override
    public Verdict examine(History history) {
        var name = "services work while nothing is wrong";
        var calm = calm(history);
        if (calm.isEmpty()) {
            return Verdict.skipped(name, "there was no calm time");
        }
        var violations = new ArrayList<Violation>();
        double least = 1;
        for (var task : history.tasks().stream().filter(TaskSpec::isService).toList()) {
            var lines = history.linesOf(task);
            long whole = 0;
            long idle = 0;
            for (var stretch : calm) {
                whole += stretch.untilNanos() - stretch.fromNanos();
                idle += idleNanos(lines, stretch.fromNanos(), stretch.untilNanos());
            }
            double share = 1 - (double) idle / whole;
            least = Math.min(least, share);
            if (idle > MOST_IDLE * whole + HAND_OVER_NANOS) {
                violations.add(
                        new Violation(0, "", task.name() + " worked for " + percent(share) + " of the calm time"));
            }
        }
        return Verdict.of(name, "the least " + percent(least) + " of the calm time", violations);
    }

    private static List<Stretch> calm(History history) {
        var stretches = new ArrayList<Stretch>();
        for (var settle : history.settles().stream().filter(Settle::done).toList()) {
            history.faults().stream()
                    .filter(window -> window.round() == settle.round() + 1)
                    .mapToLong(FaultWindow::startNanos)
                    .min()
                    .ifPresent(next -> stretches.add(new Stretch(settle.untilNanos(), next)));
        }
        stretches.removeIf(stretch -> stretch.untilNanos() <= stretch.fromNanos());
        return stretches;
    }

    /** How long a task did nothing in a stretch of time. */
    static long idleNanos(List<Line> lines, long fromNanos, long untilNanos) {
        long idle = 0;
        long last = fromNanos;
        for (var line : lines) {
            if (line.atNanos() > last && line.atNanos() < untilNanos) {
                idle += Math.max(0, line.atNanos() - last - PATIENCE_NANOS);
                last = line.atNanos();
            }
        }
        return idle + Math.max(0, untilNanos - last - PATIENCE_NANOS);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
