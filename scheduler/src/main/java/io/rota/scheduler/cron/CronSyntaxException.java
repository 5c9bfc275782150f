package io.rota.scheduler.cron;

/** A text that is no cron expression; the message says why and where, for a person. */
public final class CronSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int position;

    CronSyntaxException(int position, String reason) {
        super(reason + " (at character " + position + ")");
        this.position = position;
    }

    /** The character it stumbled over, counted from 1. */
    public int position() {
        return position;
    }
}
