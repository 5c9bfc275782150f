package io.rota.scheduler.peer;

/** Bytes that are no message; nothing has been done with them. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message, null, false, false);
    }
}
