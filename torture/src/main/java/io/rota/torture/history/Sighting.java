package io.rota.torture.history;

/**
 * A process of a task that was seen in the process table. Immutable.
 *
 * @param boot node and boot that had started it
 */
public record Sighting(long atNanos, long pid, String task, String boot) {
    /** The node that had started it. */
    public String node() {
        int slash = boot.indexOf('/');
        return slash < 0 ? boot : boot.substring(0, slash);
    }
}
