package io.rota.scheduler.peer;

/** Answers the requests of other nodes. Called from many threads; may block for at most two seconds. */
public interface PeerHandler {
    PeerAnswer handle(PeerRequest request);
}
