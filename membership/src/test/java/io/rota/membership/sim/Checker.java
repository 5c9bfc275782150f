package io.rota.membership.sim;

import java.util.List;

/** An invariant that must hold after every step of a run. It collects what it finds, so that one run shows all. */
public interface Checker extends SimListener {

    /** What was found, in order; empty when the invariant held. */
    List<String> violations();
}
