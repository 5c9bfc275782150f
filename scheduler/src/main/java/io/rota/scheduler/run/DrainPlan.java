package io.rota.scheduler.run;

import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.PlanView;
import java.util.Collection;
import java.util.TreeMap;

/** What a node's draining moves: by the ring as if the node had left, and by what really runs there. Pure. */
final class DrainPlan {
    private DrainPlan() {}

    /**
     * How the node stands.
     *
     * @param draining true once it has been told to drain
     * @param running tasks of which a process or a claim may exist there
     * @param owes true while something there has ended and a majority of the books has not heard so
     */
    static DrainView of(ClusterRing ring, String node, boolean draining, Collection<String> running, boolean owes) {
        var onRing = ring.isOnRing(node);
        var heirs = new TreeMap<String, PlanView.Move>();
        for (var task : running) {
            var owner = ring.placement().ownerOf(task).orElse("");
            if (!owner.equals(node)) {
                heirs.put(task, new PlanView.Move(task, node, owner));
            }
        }
        if (onRing) {
            Plans.without(ring, node)
                    .ifPresent(plan -> plan.moves()
                            // One that stays here against the ring's will goes from here, wherever the ring has it.
                            .forEach(move -> heirs.merge(
                                    move.task(),
                                    move,
                                    (here, byRing) -> new PlanView.Move(move.task(), node, move.to()))));
        } else {
            // Those that only this node would run: they wait for it.
            Plans.with(ring, node)
                    .ifPresent(plan -> plan.moves().stream()
                            .filter(move -> move.from().isEmpty())
                            .forEach(move -> heirs.putIfAbsent(move.task(), new PlanView.Move(move.task(), node, ""))));
        }
        return new DrainView(
                node,
                draining,
                draining && !onRing && running.isEmpty() && !owes,
                heirs.values().stream().filter(move -> !move.to().isEmpty()).toList(),
                heirs.values().stream()
                        .filter(move -> move.to().isEmpty())
                        .map(move -> new DrainView.Blocked(move.task(), Eligibility.whyNobody(ring, move.task(), node)))
                        .toList(),
                running.stream().sorted().toList());
    }
}
