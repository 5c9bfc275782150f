package io.rota.hashing;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which nodes may own a task, by their tags. Promises that a node is admitted if and only if it carries each required tag
 * with the required value; the value {@code *} admits any value. Refuses blank tag names and blank values. Immutable;
 * equal for equal requirements in whatever order they were given.
 */
public record TagSelector(Map<String, String> required) {
    private static final TagSelector ANY = new TagSelector(Map.of());

    public TagSelector {
        Map<String, String> sorted = new TreeMap<>(required);
        sorted.forEach(TagSelector::check);
        required = Collections.unmodifiableMap(sorted);
    }

    /** Admits every node. */
    public static TagSelector any() {
        return ANY;
    }

    /** Reads {@code disk=ssd,zone=*}; the empty text admits every node. */
    public static TagSelector parse(String text) {
        Map<String, String> required = new TreeMap<>();
        if (!text.isBlank()) {
            for (String term : text.split(",", -1)) {
                int equals = term.indexOf('=');
                if (equals < 0) {
                    throw new RingInputException.UnknownSelector(text, "expected tag=value at '" + term.strip() + "'");
                }
                String tag = term.substring(0, equals).strip();
                if (required.put(tag, term.substring(equals + 1).strip()) != null) {
                    throw new RingInputException.UnknownSelector(text, "tag '" + tag + "' is given twice");
                }
            }
        }
        return required.isEmpty() ? ANY : new TagSelector(required);
    }

    public boolean admits(RingNode node) {
        return required.entrySet().stream().allMatch(rule -> isMet(rule, node.tags()));
    }

    private static boolean isMet(Map.Entry<String, String> rule, Map<String, String> tags) {
        String value = tags.get(rule.getKey());
        return value != null && (rule.getValue().equals("*") || rule.getValue().equals(value));
    }

    private static void check(String tag, String value) {
        if (tag.isBlank()) {
            throw new RingInputException.UnknownSelector(tag + "=" + value, "the tag has no name");
        }
        if (value.isBlank()) {
            throw new RingInputException.UnknownSelector(tag + "=" + value, "the value is empty; * admits any value");
        }
    }

    @Override
    public String toString() {
        return required.isEmpty()
                ? "any"
                : required.entrySet().stream()
                        .map(rule -> rule.getKey() + "=" + rule.getValue())
                        .collect(Collectors.joining(","));
    }
}
