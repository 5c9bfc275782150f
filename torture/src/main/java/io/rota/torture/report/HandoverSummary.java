package io.rota.torture.report;

import io.rota.torture.check.Overlap;
import io.rota.torture.check.Verdict;
import io.rota.torture.handover.Course;
import io.rota.torture.handover.Leg;
import io.rota.torture.handover.Move;
import io.rota.torture.handover.Step;
import io.rota.torture.history.History;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a run of hand-overs showed, as text: step by step, then in all, then the verdicts. Pure. */
public final class HandoverSummary {
    private HandoverSummary() {}

    /**
     * All of it.
     *
     * @param head the setting, in one line
     */
    public static String of(String head, Course course, History history, List<Verdict> verdicts) {
        var text = new ArrayList<String>();
        text.add("== torture handover: " + head);
        var overlaps = history.tasks().stream()
                .flatMap(
                        task -> Overlap.startsIn(history.linesOf(task)).stream().map(at -> new Seen(task, at)))
                .toList();
        for (var step : Step.values()) {
            var legs = course.legsOf(step);
            if (!legs.isEmpty()) {
                line(
                        text,
                        step.text(),
                        course.movesOf(step),
                        legs,
                        course.restartsOf(step),
                        overlaps.stream()
                                .filter(seen -> legs.stream().anyMatch(leg -> leg.covers(seen.atNanos())))
                                .toList());
            }
        }
        line(text, "in all", course.movesInAll(), course.legs(), course.restartsInAll(), overlaps);
        text.add("rolling restart: " + course.movesBeyondOwnRestart()
                + " moves beyond those of the task's own owner, away and back");
        text.add("idle timer: p99 " + course.timerNanos() / 1_000 + " us late; a task may stand still for "
                + (Course.GAP_NANOS + course.timerNanos()) / 1_000_000 + " ms beside its stop time");
        Summary.verdicts(verdicts, text);
        return String.join("\n", text) + "\n";
    }

    private record Seen(TaskSpec task, long atNanos) {}

    private static void line(
            List<String> text,
            String what,
            List<Move> moves,
            List<Leg> legs,
            List<Move> restarts,
            List<Seen> overlaps) {
        long exclusive =
                overlaps.stream().filter(seen -> seen.task().exclusive()).count();
        text.add(String.format(
                Locale.ROOT,
                "%-8s overlaps exclusive %d ring %d; moved %d, minimum %d, by the ring %d; began anew in place %d",
                what,
                exclusive,
                overlaps.size() - exclusive,
                moves.size(),
                legs.stream().mapToInt(Leg::minimum).sum(),
                legs.stream().mapToInt(Leg::ringMoves).sum(),
                restarts.size()));
        text.add("         gap exclusive " + gaps(moves, true) + "; ring " + gaps(moves, false)
                + (restarts.isEmpty() ? "" : "; in place " + spread(restarts).text()));
    }

    private static String gaps(Collection<Move> moves, boolean exclusive) {
        return spread(moves.stream()
                        .filter(move -> move.task().exclusive() == exclusive)
                        .toList())
                .text();
    }

    private static Spread spread(Collection<Move> moves) {
        return Spread.of(moves.stream().map(move -> move.gapNanos() / 1_000_000).toList());
    }
}
