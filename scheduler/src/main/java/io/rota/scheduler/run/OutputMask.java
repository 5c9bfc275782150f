package io.rota.scheduler.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts stars in place of secrets in the output of one run, also where one is split between two pieces of it. Values, and
 * lines of values, of fewer than 4 characters are let through: they would turn up everywhere. Not thread-safe.
 */
final class OutputMask {
    static final String STARS = "***";
    private static final int MIN_CHARS = 4;

    private final List<String> secrets;
    /** What may be the beginning of a secret, and is held back until more is known. */
    private String held = "";

    OutputMask(Collection<String> values) {
        this.secrets = values.stream()
                .flatMap(value -> Stream.concat(Stream.of(value), value.lines()))
                .filter(secret -> secret.length() >= MIN_CHARS)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The next piece of output as anybody may see it; the last characters may come with the piece after it. */
    String pass(String text) {
        return masked(held + text, true);
    }

    /** What was held back, once there is no more output. */
    String rest() {
        return masked(held, false);
    }

    private String masked(String text, boolean more) {
        var shown = new StringBuilder();
        int at = 0;
        // A secret that may still grow into a longer one waits for the next piece too.
        while (at < text.length() && !(more && isBeginning(text, at))) {
            int length = lengthOfSecret(text, at);
            if (length > 0) {
                shown.append(STARS);
                at += length;
            } else {
                shown.append(text.charAt(at));
                at++;
            }
        }
        held = text.substring(at);
        return shown.toString();
    }

    /** True if the text from here on begins a secret and ends before it does. */
    private boolean isBeginning(String text, int from) {
        int length = text.length() - from;
        return secrets.stream()
                .anyMatch(secret -> secret.length() > length && secret.regionMatches(0, text, from, length));
    }

    /** Length of the longest secret that stands here; 0 if none does. */
    private int lengthOfSecret(String text, int from) {
        for (var secret : secrets) {
            if (text.startsWith(secret, from)) {
                return secret.length();
            }
        }
        return 0;
    }
}
