package io.rota.membership.sim;

import io.rota.membership.protocol.Protocol;

/** Looks at a node after each step of it: each packet that it took in, each time that its timers fired, each command. */
public interface StepListener {

    void onStep(long nowNanos, String node, Protocol core);
}
