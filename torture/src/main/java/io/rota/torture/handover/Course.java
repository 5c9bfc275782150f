package io.rota.torture.handover;

import io.rota.torture.check.Verdict;
import io.rota.torture.check.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * What a run of hand-overs did, and whether it kept what is promised. Immutable.
 *
 * @param moves every change from one run of a task to the next, first starts excluded
 * @param timerNanos p99 lateness of an idle timer of the same machine over the same time
 */
public record Course(List<Leg> legs, List<Move> moves, long timerNanos) {
    /** Beside the lateness of a timer: how long a task may stand still between its end and its next start. */
    public static final long GAP_NANOS = 300_000_000L;

    private static final int ALLOWED_TENTHS = 12;

    public Course {
        legs = List.copyOf(legs);
        moves = List.copyOf(moves);
    }

    /** The moves to another node that began in a leg. */
    public List<Move> movesIn(Leg leg) {
        return moves.stream()
                .filter(Move::isToAnotherNode)
                .filter(move -> leg.covers(move.to().startNanos()))
                .toList();
    }

    /** The moves to another node that began in any leg; before the first one the cluster was still being made. */
    public List<Move> movesInAll() {
        return legs.stream().flatMap(leg -> movesIn(leg).stream()).toList();
    }

    /** Runs that began anew on the same node in any leg. */
    public List<Move> restartsInAll() {
        return Arrays.stream(Step.values())
                .flatMap(step -> restartsOf(step).stream())
                .toList();
    }

    /** The legs of a step. */
    public List<Leg> legsOf(Step step) {
        return legs.stream().filter(leg -> leg.step() == step).toList();
    }

    /** The moves to another node that began in a step. */
    public List<Move> movesOf(Step step) {
        return legsOf(step).stream().flatMap(leg -> movesIn(leg).stream()).toList();
    }

    /** Runs that began anew on the same node in a step. */
    public List<Move> restartsOf(Step step) {
        return moves.stream()
                .filter(move -> !move.isToAnotherNode())
                .filter(move -> legsOf(step).stream()
                        .anyMatch(leg -> leg.covers(move.to().startNanos())))
                .toList();
    }

    /** The ring's minimum over the legs of a step. */
    public int minimumOf(Step step) {
        return legsOf(step).stream().mapToInt(Leg::minimum).sum();
    }

    /**
     * How many moves a step may be measured by: the minimum; while nodes hold different files, what the ring itself moves,
     * since which nodes may have a task changes with each file and the ring alone knows the bounds of load for that.
     */
    public int measureOf(Step step) {
        return step == Step.CONFIG
                ? legsOf(step).stream().mapToInt(Leg::ringMoves).sum()
                : minimumOf(step);
    }

    /** Moves of the rolling restart beyond two for each task: away from its owner when that ends, and back to it. */
    public int movesBeyondOwnRestart() {
        var counts = new HashMap<String, Integer>();
        movesOf(Step.RESTART).forEach(move -> counts.merge(move.task().name(), 1, Integer::sum));
        return counts.values().stream()
                .mapToInt(count -> Math.max(0, count - 2))
                .sum();
    }

    /** All bars. */
    public List<Verdict> judge() {
        return List.of(gaps(), numbers(), twice(), stray());
    }

    private Verdict gaps() {
        long limit = GAP_NANOS + timerNanos;
        var late = legs.stream()
                .flatMap(leg -> movesIn(leg).stream())
                .filter(move -> move.gapNanos() > limit)
                .map(move -> new Violation(move.to().startNanos(), move.to().node(), move.text()))
                .toList();
        return verdict(
                "a task that moves stands still for its stop time and at most " + limit / 1_000_000 + " ms", late);
    }

    private Verdict numbers() {
        var over = new ArrayList<Violation>();
        for (var step : Step.values()) {
            int moved = movesOf(step).size();
            int measure = measureOf(step);
            if (moved * 10 > measure * ALLOWED_TENTHS) {
                over.add(new Violation(0, "", step.text() + ": " + moved + " moved, measured by " + measure));
            }
            if (!legsOf(step).isEmpty() && moved == 0) {
                over.add(new Violation(0, "", step.text() + ": nothing moved, so nothing was shown"));
            }
        }
        return verdict("at most 1.2 times as many tasks move as must", over);
    }

    private Verdict twice() {
        var again = new ArrayList<Violation>();
        for (var leg : legs) {
            var counts = new HashMap<String, Integer>();
            for (var move : movesIn(leg)) {
                if (counts.merge(move.task().name(), 1, Integer::sum) == 2) {
                    again.add(new Violation(
                            move.to().startNanos(), move.to().node(), leg.what() + ": a second time " + move.text()));
                }
            }
        }
        return verdict("no task moves twice for one change", again);
    }

    private List<Move> movesSince(long nanos) {
        return moves.stream().filter(move -> move.to().startNanos() >= nanos).toList();
    }

    /** Nothing moves while nothing changes. */
    private Verdict stray() {
        long firstNanos = legs.stream().mapToLong(Leg::fromNanos).min().orElse(Long.MAX_VALUE);
        var stray = movesSince(firstNanos).stream()
                .filter(move ->
                        legs.stream().noneMatch(leg -> leg.covers(move.to().startNanos())))
                .map(move -> new Violation(move.to().startNanos(), move.to().node(), move.text()))
                .toList();
        return verdict("no task begins anew while nothing changes", stray);
    }

    private static Verdict verdict(String check, List<Violation> violations) {
        return Verdict.of(check, violations.size() + " against it", violations);
    }
}
