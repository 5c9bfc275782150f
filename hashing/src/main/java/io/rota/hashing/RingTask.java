package io.rota.hashing;

/**
 * One unit of placement: a task, or one shard of it. Refuses an empty id. Immutable.
 *
 * @param id unique; alone decides the position on the ring
 * @param selector which nodes may own it
 * @param spreadGroup tasks of one group avoid each other's node while there is another; "" means no group
 */
public record RingTask(String id, TagSelector selector, String spreadGroup) {
    public RingTask {
        if (id.isEmpty()) {
            throw new RingInputException.EmptyId("task");
        }
    }

    /** A task that any node may own. */
    public static RingTask of(String id) {
        return new RingTask(id, TagSelector.any(), "");
    }
}
