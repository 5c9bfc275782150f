package io.rota.hashing;

/**
 * How far above its fair share a node may be loaded. Part of the agreed cluster configuration: two nodes that differ here
 * compute different owners. Refuses values outside of 1 to 10,000 thousandths. Immutable.
 *
 * @param slackMilli the slack epsilon in thousandths, 0 for automatic: 1.53 * sqrt(c / (tasks a node) +
 *     1 / (positions a node)), between 0.05 and 0.6, where c is 1, and 1.6 for the part of the tasks that not every node
 *     may own. Too small moves many tasks on each change, too large lets the load
 *     drift apart
 */
public record PlacementSettings(int slackMilli) {
    private static final int MAX_SLACK_MILLI = 10_000;

    public PlacementSettings {
        if (slackMilli < 0 || slackMilli > MAX_SLACK_MILLI) {
            throw new RingInputException.OutOfRange("slack in thousandths", slackMilli, 0, MAX_SLACK_MILLI);
        }
    }

    /** Automatic slack. */
    public static PlacementSettings defaults() {
        return new PlacementSettings(0);
    }
}
