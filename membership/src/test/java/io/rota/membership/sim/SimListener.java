package io.rota.membership.sim;

import io.rota.membership.protocol.Event;

/** Watches a run: every event of every node, in order. */
public interface SimListener {

    void onEvent(long nowNanos, String node, Event event);
}
