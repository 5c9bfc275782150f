package io.rota.scheduler;

/** What happens to an occurrence that falls due while a run of the same task is under way. */
public enum Overlap {
    /** It is skipped, with a record. */
    SKIP,
    /** It waits for the runs before it; at most 100 wait. */
    QUEUE,
    /** The run under way is stopped, then this one starts. */
    REPLACE,
    /** It runs beside it; at most 10 at once. */
    ALLOW
}
