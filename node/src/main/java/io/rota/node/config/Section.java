package io.rota.node.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Typed reading of one mapping. A value that cannot be used is added to the problems and replaced by the default, so that
 * reading goes on and all problems are found at once. {@link #end} reports the keys that nobody asked for. Not
 * thread-safe.
 */
final class Section {
    private final Reading reading;
    private final String path;
    private final Located.Fields fields;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * What all sections of one file share.
     *
     * @param file as the user named it
     * @param problems gathered so far
     * @param substitution of environment variables in plain values
     */
    record Reading(String file, List<Problem> problems, Substitution substitution) {}

    Section(Reading reading, String path, Located.Fields fields) {
        this.reading = reading;
        this.path = path;
        this.fields = fields;
    }

    boolean has(String key) {
        asked.add(key);
        return fields.fields().containsKey(key);
    }

    private Optional<Located> value(String key) {
        asked.add(key);
        return Optional.ofNullable(fields.fields().get(key)).map(Located.Field::value);
    }

    /** A plain value, with environment variables filled in. */
    Optional<String> text(String key) {
        return script(key).flatMap(text -> {
            try {
                return Optional.of(reading.substitution().apply(text));
            } catch (IllegalArgumentException e) {
                problemAt(key, key + ": " + e.getMessage(), "export it, or give a default: ${NAME:-value}");
                return Optional.empty();
            }
        });
    }

    /** A value as it stands in the file: a dollar sign in it is the shell's matter. */
    Optional<String> script(String key) {
        return value(key).flatMap(value -> {
            if (value instanceof Located.Scalar scalar && !scalar.text().isEmpty()) {
                return Optional.of(scalar.text());
            }
            problem(value, key + " must be text, found " + value.kind(), "");
            return Optional.empty();
        });
    }

    Optional<Duration> duration(String key) {
        return text(key).flatMap(text -> {
            try {
                return Optional.of(Durations.parse(text));
            } catch (IllegalArgumentException e) {
                problemAt(key, key + ": " + e.getMessage(), "write 500ms, 15s, 10m, 4h or 30d");
                return Optional.empty();
            }
        });
    }

    int number(String key, int min, int max, int otherwise) {
        return text(key)
                .map(text -> {
                    try {
                        int number = Integer.parseInt(text);
                        if (number >= min && number <= max) {
                            return number;
                        }
                    } catch (NumberFormatException e) {
                        // Falls through to the problem below, which covers both.
                    }
                    var range = min == max ? "" + min : "a number from " + min + " to " + max;
                    problemAt(key, key + " must be " + range + ", found \"" + text + "\"", "");
                    return otherwise;
                })
                .orElse(otherwise);
    }

    /** A decimal number with a point. */
    double decimal(String key, double min, double max, double otherwise) {
        return text(key)
                .map(text -> {
                    double number = text.matches("[0-9]{1,4}(\\.[0-9]{1,4})?") ? Double.parseDouble(text) : Double.NaN;
                    if (number >= min && number <= max) {
                        return number;
                    }
                    problemAt(
                            key,
                            key + " must be a number from " + plain(min) + " to " + plain(max) + ", found \"" + text
                                    + "\"",
                            "");
                    return otherwise;
                })
                .orElse(otherwise);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    boolean flag(String key) {
        return text(key)
                .map(text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        problemAt(key, key + " must be true or false, found \"" + text + "\"", "");
                    }
                    return text.equals("true");
                })
                .orElse(false);
    }

    /** One of a fixed set of words. */
    <T> T choice(String key, Map<String, T> words, T otherwise) {
        return text(key)
                .map(text -> {
                    var found = words.get(text);
                    if (found == null) {
                        problemAt(
                                key,
                                key + " must be one of " + String.join(", ", words.keySet()) + ", found \"" + text
                                        + "\"",
                                Suggestions.didYouMean(text, words.keySet()));
                        return otherwise;
                    }
                    return found;
                })
                .orElse(otherwise);
    }

    /** The elements of a list as they stand in the file; empty after a problem that leaves no list. */
    Optional<List<String>> texts(String key) {
        return items(key).map(items -> {
            var texts = new ArrayList<String>();
            for (var item : items) {
                itemText(key, item).ifPresent(texts::add);
            }
            return texts;
        });
    }

    /**
     * The elements of a list, with environment variables filled in, each read by {@code parser}.
     *
     * @param parser throws {@link IllegalArgumentException} with a reason for a person
     */
    <T> List<T> each(String key, Function<String, T> parser, String hint) {
        var values = new ArrayList<T>();
        for (var item : items(key).orElseGet(List::of)) {
            itemText(key, item).ifPresent(text -> {
                try {
                    values.add(parser.apply(reading.substitution().apply(text)));
                } catch (IllegalArgumentException e) {
                    problem(item, String.valueOf(e.getMessage()), hint);
                }
            });
        }
        return values;
    }

    /** True if the value is one word or text, neither a list nor keys and values. */
    boolean isText(String key) {
        return value(key).filter(Located.Scalar.class::isInstance).isPresent();
    }

    boolean isEmptyList(String key) {
        return value(key)
                .filter(value ->
                        value instanceof Located.Items list && list.items().isEmpty())
                .isPresent();
    }

    private Optional<List<Located>> items(String key) {
        return value(key).flatMap(value -> {
            if (value instanceof Located.Items list) {
                return Optional.of(list.items());
            }
            problem(value, key + " must be a list, found " + value.kind(), "write [a, b]");
            return Optional.empty();
        });
    }

    private Optional<String> itemText(String key, Located item) {
        if (item instanceof Located.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        problem(item, "an element of " + key + " must be text, found " + item.kind(), "");
        return Optional.empty();
    }

    SortedMap<String, String> map(String key) {
        var map = new TreeMap<String, String>();
        section(key)
                .ifPresent(section -> section.fields
                        .fields()
                        .keySet()
                        .forEach(name -> section.text(name).ifPresent(text -> map.put(name, text))));
        return map;
    }

    Optional<Section> section(String key) {
        return value(key).flatMap(value -> {
            if (value instanceof Located.Fields found) {
                return Optional.of(new Section(reading, path.isEmpty() ? key : path + "." + key, found));
            }
            problem(value, key + " must hold keys and values, found " + value.kind(), "");
            return Optional.empty();
        });
    }

    Set<String> keys() {
        return fields.fields().keySet();
    }

    /** Where the name of the key stands: {@code file:line:column}. */
    String placeOf(String key) {
        var field = fields.fields().get(key);
        return field == null ? reading.file() : reading.file() + ":" + field.line() + ":" + field.column();
    }

    /** Adds a problem at the key, or at the section itself if the key is missing. */
    void problemAt(String key, String message, String hint) {
        var field = fields.fields().get(key);
        int line = field == null ? fields.line() : field.value().line();
        int column = field == null ? fields.column() : field.value().column();
        reading.problems().add(new Problem(reading.file(), line, column, prefixed(message), hint));
    }

    /** Adds a problem at the name of the key. */
    void problemAtKey(String key, String message, String hint) {
        var field = fields.fields().get(key);
        if (field != null) {
            reading.problems().add(new Problem(reading.file(), field.line(), field.column(), prefixed(message), hint));
        }
    }

    private void problem(Located value, String message, String hint) {
        reading.problems().add(new Problem(reading.file(), value.line(), value.column(), prefixed(message), hint));
    }

    private String prefixed(String message) {
        return path.isEmpty() ? message : path + ": " + message;
    }

    /** Reports every key that was never asked for. */
    void end() {
        for (var key : fields.fields().keySet()) {
            if (!asked.contains(key)) {
                problemAtKey(key, "unknown key \"" + key + "\"", Suggestions.didYouMean(key, asked));
            }
        }
    }
}
