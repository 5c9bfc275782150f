package io.rota.hashing;

/**
 * What would move if one thing changed. Promises exactly the moves that the real change would bring; changes nothing. A
 * node or task that is not there brings no move. Immutable.
 */
public final class WhatIf {
    private final Placement placement;

    WhatIf(Placement placement) {
        this.placement = placement;
    }

    public Moves nodeLeaves(String nodeId) {
        return to(placement.withoutNode(nodeId));
    }

    public Moves nodeJoins(RingNode node) {
        return to(placement.withNode(node));
    }

    public Moves weightBecomes(String nodeId, int weightMilli) {
        return placement.ring().nodes().stream()
                .filter(node -> node.id().equals(nodeId))
                .map(node -> to(placement.withNode(node.withWeightMilli(weightMilli))))
                .findFirst()
                .orElseGet(() -> to(placement));
    }

    public Moves taskIsAdded(RingTask task) {
        return to(placement.withTask(task));
    }

    public Moves taskIsRemoved(String taskId) {
        return to(placement.withoutTask(taskId));
    }

    private Moves to(Placement after) {
        return Moves.between(placement, after);
    }
}
