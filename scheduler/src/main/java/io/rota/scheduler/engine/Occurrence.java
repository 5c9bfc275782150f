package io.rota.scheduler.engine;

/**
 * One due instant of a task.
 *
 * @param nominalMillis what the schedule says, epoch milliseconds; the name of the occurrence
 * @param dueMillis when it is due with its jitter
 */
record Occurrence(long nominalMillis, long dueMillis) {}
