package io.rota.hashing;

/**
 * A stretch of the circle whose tasks have the node as their first choice. Both ends belong to it; positions are unsigned
 * 64-bit numbers and the stretch may run over zero. Immutable.
 *
 * @param start the first position
 * @param end the last position, which is a token of the node
 * @param node the node's id
 */
public record RingArc(long start, long end, String node) {}
