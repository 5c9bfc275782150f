package io.rota.torture.nemesis;

import java.util.List;

/** Faults that are under way together; after the last heal the cluster must come to rest. Immutable. */
public record Round(int number, List<Fault> faults) {
    public Round {
        faults = List.copyOf(faults);
    }
}
