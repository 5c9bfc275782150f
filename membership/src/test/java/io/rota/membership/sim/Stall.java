package io.rota.membership.sim;

/** How a simulated process can stand still. */
public enum Stall {
    /** Inbox and timers held: SIGSTOP, garbage collection. */
    FROZEN,
    /** Inbox held, timers on time, own packets go out: a starved receiver. */
    DEAF,
    /** Inbox and outbox held, timers on time: what Lifeguard's authors injected. */
    BLOCKED
}
