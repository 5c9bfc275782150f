package io.rota.torture.history;

/** A line of level ERROR in a node's log. Immutable. */
public record LogError(String node, String text) {}
