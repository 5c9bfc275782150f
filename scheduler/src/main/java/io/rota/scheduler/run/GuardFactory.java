package io.rota.scheduler.run;

import io.rota.scheduler.guard.Guard;

/** Makes the guard of a node. */
public interface GuardFactory {
    /**
     * Makes it.
     *
     * @param listener hears its reports
     */
    Guard make(Guard.Listener listener);
}
