package io.rota.membership;

/** Membership could not start; nothing is left running. The message is one line for a person and names the remedy. */
public final class MembershipException extends Exception {

    private static final long serialVersionUID = 1L;

    public MembershipException(String message, Throwable cause) {
        super(message, cause);
    }
}
