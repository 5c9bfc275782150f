package io.rota.torture.history;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of the witness. Immutable.
 *
 * @param atNanos CLOCK_MONOTONIC, the same clock as {@link System#nanoTime} of the harness
 * @param run the id that Rota gave the run: task and due time, so two nodes may write the same
 * @param token 0 if the task has none
 * @param rootPid the process that Rota started; with the boot it names the run
 * @param pid the process that wrote
 * @param boot node and boot, as the mark of the run begins
 */
public record Line(
        long atNanos,
        Event event,
        String task,
        String run,
        long token,
        String node,
        long rootPid,
        long pid,
        String boot) {
    private static final int WORDS = 9;

    /** Reads a line; empty if it is torn or foreign. */
    public static Optional<Line> parse(String text) {
        var words = text.split(" ", -1);
        if (words.length != WORDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Line(
                    Long.parseLong(words[0]),
                    Event.valueOf(words[1].toUpperCase(Locale.ROOT)),
                    words[2].intern(),
                    words[3].intern(),
                    words[4].equals("-") ? 0 : Long.parseLong(words[4]),
                    words[5].intern(),
                    Long.parseLong(words[6]),
                    Long.parseLong(words[7]),
                    boot(words[8])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The part of a mark that names node and boot: {@code n1/8f3a/...} gives {@code n1/8f3a}. */
    public static String boot(String mark) {
        int slash = mark.indexOf('/');
        int end = mark.indexOf('/', slash + 1);
        return (slash < 0 || end < 0 ? mark : mark.substring(0, end)).intern();
    }

    /** Names the run that wrote it, unlike any other run of the history. */
    public String runKey() {
        return boot + "#" + rootPid;
    }
}
