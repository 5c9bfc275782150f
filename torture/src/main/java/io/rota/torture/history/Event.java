package io.rota.torture.history;

/** What a line of the witness says. */
public enum Event {
    /** The run began. */
    START,
    /** The run is alive. */
    BEAT,
    /** A grandchild of the run, in a session of its own, is alive. */
    CHILD,
    /** The run ended by itself or on TERM. */
    END
}
