package io.rota.scheduler;

/** When a task moves to a node that the ring prefers now, while the one that has it is well. */
public enum Rebalance {
    /** It stays where it is until that node drains, leaves or dies. */
    NEVER,
    /** It moves between two runs; a run under way ends by itself. */
    IDLE,
    /** A service is stopped for the move. A finite run still ends by itself. */
    FORCE;

    /** What applies where the file says nothing: a service would never be idle. */
    public static Rebalance standard(Schedule schedule) {
        return schedule instanceof Schedule.Service ? FORCE : IDLE;
    }
}
