package io.rota.scheduler.view;

import java.util.List;

/**
 * How a node stands with draining, by its own word: what would move, or what still has to.
 *
 * @param node its name
 * @param draining true once it has been told to drain
 * @param mayLeave true if it drains, the ring gives it nothing, and nothing runs there any more
 * @param moves each task that moves if it drains, by name; while it drains, those that still run there
 * @param blocked tasks that no other node may run
 * @param running tasks that run there now, by name
 */
public record DrainView(
        String node,
        boolean draining,
        boolean mayLeave,
        List<PlanView.Move> moves,
        List<Blocked> blocked,
        List<String> running) {
    public DrainView {
        moves = List.copyOf(moves);
        blocked = List.copyOf(blocked);
        running = List.copyOf(running);
    }

    /**
     * A task that has nowhere to go.
     *
     * @param task task name
     * @param reason why no other node may run it
     */
    public record Blocked(String task, String reason) {}
}
