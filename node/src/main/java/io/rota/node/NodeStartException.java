package io.rota.node;

/** A node could not be started; its message is one clear line for a person, and nothing was left running. */
public final class NodeStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
