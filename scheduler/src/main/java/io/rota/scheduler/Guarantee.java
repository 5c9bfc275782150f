package io.rota.scheduler;

/** How strictly "one server only" is kept for a task; chosen per task and always shown. */
public enum Guarantee {
    /** The owner by the local view runs it; during a network partition both sides may run a copy. */
    RING,
    /** Never two at once, cluster-wide: claimed through the arbiters, with a fencing token. Does not run without a majority of them. */
    EXCLUSIVE
}
