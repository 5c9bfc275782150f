package io.rota.torture.history;

import io.rota.torture.nemesis.Fault;
import java.util.Optional;

/**
 * A fault as it was carried out. Immutable.
 *
 * @param skipped why it could not be carried out; empty if it was
 * @param healNanos when its heal was done; for a fault that needs none, when it was injected
 */
public record FaultWindow(int round, Fault fault, long startNanos, long healNanos, Optional<String> skipped) {
    /** True if the fault was injected. */
    public boolean carriedOut() {
        return skipped.isEmpty();
    }
}
