package io.rota.node.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the word that was probably meant. */
public final class Suggestions {
    private static final int FAR = 3;

    private Suggestions() {}

    /** {@code did you mean X?}, or the words to choose from if none is near. */
    public static String didYouMean(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) < FAR)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "did you mean \"" + candidate + "\"?")
                .orElse(known.isEmpty() ? "" : "known here: " + String.join(", ", known));
    }

    /** Levenshtein distance: the fewest insertions, deletions and replacements of one character. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
