package io.rota.torture.history;

/**
 * A task of the workload. Immutable.
 *
 * @param mode what the witness does, see witness.pl
 * @param everyMillis 0 for a service
 * @param version of its definition: another one is another process
 */
public record TaskSpec(String name, boolean exclusive, String mode, long everyMillis, int version) {
    /** In its first version. */
    public TaskSpec(String name, boolean exclusive, String mode, long everyMillis) {
        this(name, exclusive, mode, everyMillis, 1);
    }

    /** True if it is to run for ever. */
    public boolean isService() {
        return everyMillis == 0;
    }

    /** The same task with another definition. */
    public TaskSpec changed() {
        return new TaskSpec(name, exclusive, mode, everyMillis, version + 1);
    }
}
