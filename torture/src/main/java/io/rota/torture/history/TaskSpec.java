package io.rota.torture.history;

/**
 * A task of the workload. Immutable.
 *
 * @param mode what the witness does, see witness.pl
 * @param everyMillis 0 for a service
 */
public record TaskSpec(String name, boolean exclusive, String mode, long everyMillis) {
    /** True if it is to run for ever. */
    public boolean isService() {
        return everyMillis == 0;
    }
}
