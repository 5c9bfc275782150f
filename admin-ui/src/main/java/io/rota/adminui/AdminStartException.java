package io.rota.adminui;

/** The admin server could not start; nothing of it is left running. The message is one line with address and remedy. */
public final class AdminStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdminStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
