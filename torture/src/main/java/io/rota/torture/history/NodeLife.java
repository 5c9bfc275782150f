package io.rota.torture.history;

import java.util.OptionalInt;

/**
 * One process of a node, from its start to its end. Immutable.
 *
 * @param endNanos {@link Long#MAX_VALUE} while it lives
 * @param exitCode empty while it lives or when it was killed
 */
public record NodeLife(String node, long pid, long startNanos, long endNanos, End end, OptionalInt exitCode) {
    /** How a life ended. */
    public enum End {
        /** Not yet. */
        ALIVE,
        /** By kill -9 of the node alone; its guard lived on. */
        KILLED,
        /** By kill -9 of node and guard together: nobody is left who could give a word. */
        KILLED_WITH_GUARD,
        /** By TERM. */
        TOLD,
        /** By itself, which nobody had asked for. */
        UNASKED
    }

    /** True if the node lived at that time. */
    public boolean covers(long nanos) {
        return nanos >= startNanos && nanos < endNanos;
    }
}
