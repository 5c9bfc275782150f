package io.rota.scheduler.peer;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends requests to other nodes. Thread-safe. */
public interface PeerCalls {

    /**
     * Sends a request; the caller's thread is not held.
     *
     * @param member node name; the node's own name is answered in the process
     * @param onAnswer called exactly once, on an arbitrary thread, and must return at once; empty if no answer came in
     *     time: the request may or may not have been carried out then
     */
    void ask(String member, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer);
}
