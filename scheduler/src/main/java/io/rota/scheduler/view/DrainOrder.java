package io.rota.scheduler.view;

/**
 * Asks for a node to be drained, or for how it stands with that. Immutable.
 *
 * @param node the node it is about; any node may be asked
 * @param action what to do
 * @param allowBlocked drain it although there are tasks that no other node may run: they are stopped
 */
public record DrainOrder(String node, Action action, boolean allowBlocked) {
    /** What to do. */
    public enum Action {
        /** Nothing: only say what draining would do, or has done. */
        LOOK,
        /** Give all tasks away, and take none until told otherwise, over restarts too. */
        DRAIN,
        /** Take part again. */
        UNDRAIN
    }

    /** Changes nothing. */
    public static DrainOrder look(String node) {
        return new DrainOrder(node, Action.LOOK, false);
    }
}
