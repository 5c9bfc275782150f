package io.rota.scheduler.cron;

/**
 * The values that one field admits. Immutable.
 *
 * @param bits bit n is set if value n is admitted
 * @param wildcard true if the field was written with {@code *}, or with a step over everything
 */
record CronValues(long bits, boolean wildcard) {

    boolean contains(int value) {
        return ((bits >>> value) & 1) != 0;
    }

    /** The smallest value that is not below this one; -1 if there is none. */
    int atOrAfter(int value) {
        long rest = value > 63 ? 0 : (bits >>> value) << value;
        return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }

    int first() {
        return Long.numberOfTrailingZeros(bits);
    }
}
