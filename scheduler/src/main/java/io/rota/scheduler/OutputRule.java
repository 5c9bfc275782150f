package io.rota.scheduler;

import java.util.regex.Pattern;

/**
 * What the output of a run must and must not hold for the run to count as a success: regular expressions of Java, looked
 * for within each line. Immutable.
 *
 * @param matches at least one line must hold a match; empty to ask for nothing
 * @param notMatches no line may hold a match; empty to refuse nothing
 */
public record OutputRule(String matches, String notMatches) {
    public static final OutputRule NONE = new OutputRule("", "");
    /** Longest pattern. */
    public static final int MAX_CHARS = 1000;

    public OutputRule {
        check(matches);
        check(notMatches);
    }

    private static void check(String pattern) {
        if (pattern.length() > MAX_CHARS) {
            throw new IllegalArgumentException("a pattern of " + pattern.length() + " characters is too long");
        }
        Pattern.compile(pattern);
    }
}
