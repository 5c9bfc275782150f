package io.rota.hashing;

import java.util.Map;

/**
 * A member that may own tasks now. Joining and draining members are not handed to the ring: they are simply left out of
 * the set, so that a drain moves each task once and the later exit moves none. Refuses an empty id and a weight outside
 * of 0.001 to 100. Immutable.
 *
 * @param id the member's name, its identity on the ring
 * @param weightMilli 1000 is weight 1.0 and 4096 token positions; too small makes a node coarse, too large costs memory
 * @param tags what task selectors match
 * @param zone failure domain for standbys; "" means that the node is a domain of its own
 */
public record RingNode(String id, int weightMilli, Map<String, String> tags, String zone) {
    public static final int MIN_WEIGHT_MILLI = 1;
    public static final int MAX_WEIGHT_MILLI = 100_000;
    /**
     * Token positions of weight 1.0. Four times as many as the load of a node needs to be even, because the slack is only
     * 5 % where tasks are many: with 1024 the uneven arcs alone fill one node in eight, and 1.18 times the ideal number of
     * tasks moves on a leave at 1000 nodes; with 4096 it is 1.06 times. Changing it moves nearly every task.
     */
    public static final int TOKENS_PER_UNIT_WEIGHT = 4096;
    /** Weight 1.0. */
    public static final int UNIT_WEIGHT_MILLI = 1000;

    public RingNode {
        if (id.isEmpty()) {
            throw new RingInputException.EmptyId("node");
        }
        if (weightMilli < MIN_WEIGHT_MILLI || weightMilli > MAX_WEIGHT_MILLI) {
            throw new RingInputException.WeightOutOfRange(id, weightMilli);
        }
        tags = Map.copyOf(tags);
    }

    /** A node of weight 1.0 without tags or zone. */
    public static RingNode of(String id) {
        return new RingNode(id, UNIT_WEIGHT_MILLI, Map.of(), "");
    }

    public RingNode withWeightMilli(int newWeightMilli) {
        return new RingNode(id, newWeightMilli, tags, zone);
    }

    /** How many token positions it has, at least one; a function of the node alone. */
    public int tokenCount() {
        return (int) Math.max(1L, (long) weightMilli * TOKENS_PER_UNIT_WEIGHT / UNIT_WEIGHT_MILLI);
    }
}
