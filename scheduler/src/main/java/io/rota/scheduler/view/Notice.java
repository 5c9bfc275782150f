package io.rota.scheduler.view;

/**
 * One thing a person should know now.
 *
 * @param severity how urgent it is
 * @param code stable machine-readable name, e.g. {@code no_quorum}
 * @param text one sentence with the cause
 */
public record Notice(Severity severity, String code, String text) {
    /** Urgency of a notice, worst first. */
    public enum Severity {
        /** A person must act. */
        ERROR,
        /** Degraded, but handled. */
        WARN,
        /** Good to know. */
        INFO
    }
}
