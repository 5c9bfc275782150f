package io.rota.scheduler.run;

/**
 * How this node sees one arbiter.
 *
 * @param reachable true if it answered lately
 * @param voting true if its book takes part
 */
public record ArbiterSight(boolean reachable, boolean voting) {}
