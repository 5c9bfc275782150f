package io.rota.scheduler.view;

import java.util.List;

/**
 * What would move if one thing changed; nothing has changed.
 *
 * @param change the change in words
 * @param tasks tasks in all
 * @param moves each task that would move, by name
 */
public record PlanView(String change, int tasks, List<Move> moves) {
    public PlanView {
        moves = List.copyOf(moves);
    }

    /**
     * One task that would move.
     *
     * @param task task name
     * @param from its owner now, empty if it has none
     * @param to its owner then, empty if it would have none
     */
    public record Move(String task, String from, String to) {}
}
