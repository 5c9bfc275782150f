package io.rota.torture.check;

/**
 * One breach of a promise. Immutable.
 *
 * @param atNanos when; 0 if it has no instant
 * @param node where; empty if nowhere in particular
 */
public record Violation(long atNanos, String node, String text) {}
