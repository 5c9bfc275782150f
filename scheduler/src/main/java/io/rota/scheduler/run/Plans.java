package io.rota.scheduler.run;

import io.rota.hashing.Moves;
import io.rota.scheduler.view.PlanView;
import io.rota.scheduler.view.WhyView;
import java.util.Locale;
import java.util.Optional;

/** What the ring can say about itself: why a task is where it is, and what would move. Pure. */
final class Plans {
    private Plans() {}

    static Optional<WhyView> why(ClusterRing ring, String task) {
        return ring.placement()
                .explain(task)
                .map(explanation -> new WhyView(
                        task,
                        ring.placement().ownerOf(task).orElse(""),
                        explanation.isSaturated(),
                        explanation.candidates().stream()
                                .map(candidate -> new WhyView.Candidate(
                                        candidate.node(),
                                        candidate.standing().name().toLowerCase(Locale.ROOT),
                                        candidate.sentence()))
                                .toList(),
                        explanation.standbys()));
    }

    /** The plan for a node that leaves; empty if it is not on the ring. */
    static Optional<PlanView> without(ClusterRing ring, String node) {
        return ring.isOnRing(node)
                ? Optional.of(
                        plan(ring, node + " leaves", ring.placement().whatIf().nodeLeaves(node)))
                : Optional.empty();
    }

    /** The plan for a known member that takes part; empty if it is unknown or on the ring already. */
    static Optional<PlanView> with(ClusterRing ring, String node) {
        return ring.view()
                .find(node)
                .filter(member -> !ring.isOnRing(node))
                .map(member ->
                        plan(ring, node + " joins", ring.placement().whatIf().nodeJoins(ring.ringNode(member))));
    }

    /** The plan for another weight; empty if the node is not on the ring. */
    static Optional<PlanView> weight(ClusterRing ring, String node, int weightMilli) {
        return ring.isOnRing(node)
                ? Optional.of(plan(
                        ring,
                        "weight of " + node + " becomes " + weightMilli / 1000.0,
                        ring.placement().whatIf().weightBecomes(node, weightMilli)))
                : Optional.empty();
    }

    private static PlanView plan(ClusterRing ring, String change, Moves moves) {
        return new PlanView(
                change,
                ring.placement().taskCount(),
                moves.all().stream()
                        .map(move -> new PlanView.Move(move.taskId(), move.from(), move.to()))
                        .toList());
    }
}
