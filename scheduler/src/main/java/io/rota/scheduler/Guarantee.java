package io.rota.scheduler;

/** How strictly "one server only" is kept for a task; chosen per task and always shown. */
public enum Guarantee {
    /** The owner by the local view runs it; during a network partition both sides may run a copy. */
    RING,
    /** Never two at once, cluster-wide: claimed through the arbiters, with a fencing token. Does not run without a majority of them. */
    EXCLUSIVE,
    /** As exclusive, and every occurrence starts at most once, unless a probe or a person says that it had not taken effect. */
    ONCE;

    /** True if nothing starts without a claim that the arbiters have granted. */
    public boolean needsClaim() {
        return this != RING;
    }
}
