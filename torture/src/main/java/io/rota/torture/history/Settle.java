package io.rota.torture.history;

/**
 * How the cluster came to rest after a round's last heal. Immutable.
 *
 * @param round 0 is the first start
 * @param fromNanos the last heal
 * @param untilNanos when all was well, or when the wait was given up
 * @param missing what was still missing when it was given up; empty if all was well
 */
public record Settle(int round, long fromNanos, long untilNanos, String missing) {
    /** True if all tasks ran and all nodes agreed in time. */
    public boolean done() {
        return missing.isEmpty();
    }
}
