package io.rota.scheduler;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The parameters that a task declares: the only values that an order may set. A value reaches the task as one argument or
 * one environment variable and no shell ever reads it. Immutable.
 *
 * @param declared by name: lower-case letters, digits, underscore; at most 32 characters, at most {@link #MOST} of them
 */
public record Params(SortedMap<String, Param> declared) {
    /** Most parameters of a task. */
    public static final int MOST = 32;
    /** Longest value, in characters. */
    public static final int MAX_VALUE = 4_096;
    /** A task without any. */
    public static final Params NONE = new Params(new TreeMap<>());

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /**
     * One parameter.
     *
     * @param otherwise what holds where an order says nothing; without it, every order must
     * @param pattern regular expression that the whole value must match; empty for any that is no option, which begins
     *     with a dash
     */
    public record Param(Optional<String> otherwise, String pattern) {
        /** Any value that does not begin with a dash. */
        public static Param of(String otherwise) {
            return new Param(Optional.of(otherwise), "");
        }

        public Param {
            try {
                var unused = Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("pattern: " + e.getDescription(), e);
            }
            otherwise.ifPresent(value -> check("default", value, pattern));
        }
    }

    public Params {
        if (declared.size() > MOST) {
            throw new IllegalArgumentException(declared.size() + " params are more than " + MOST);
        }
        for (var name : declared.keySet()) {
            if (!isValidName(name)) {
                throw new IllegalArgumentException("param name \"" + name + "\" does not match " + NAME.pattern());
            }
        }
        declared = Collections.unmodifiableSortedMap(new TreeMap<>(declared));
    }

    /** True if this can be the name of a parameter. */
    public static boolean isValidName(String name) {
        return NAME.matcher(name).matches();
    }

    /** True if a run needs no order to set anything. */
    public boolean haveDefaults() {
        return declared.values().stream().allMatch(param -> param.otherwise().isPresent());
    }

    /**
     * All values of a run: what was given, and the defaults of the rest.
     *
     * @throws IllegalArgumentException with a reason for a person if one is unknown, missing or does not fit
     */
    public SortedMap<String, String> resolve(Map<String, String> given) {
        var values = new TreeMap<String, String>();
        for (var name : new TreeMap<>(given).keySet()) {
            if (!declared.containsKey(name)) {
                throw new IllegalArgumentException("there is no param " + name + ", only " + declared.keySet());
            }
        }
        declared.forEach((name, param) -> {
            var value = Optional.ofNullable(given.get(name))
                    .or(param::otherwise)
                    .orElseThrow(
                            () -> new IllegalArgumentException("param " + name + " is missing and has no default"));
            check("param " + name, value, param.pattern());
            values.put(name, value);
        });
        return values;
    }

    private static void check(String what, String value, String pattern) {
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(what + " is longer than " + MAX_VALUE + " characters");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " holds a NUL character");
        }
        if (pattern.isEmpty() && value.startsWith("-")) {
            throw new IllegalArgumentException(what
                    + " begins with a dash, so a program would read it as an option: declare a pattern to allow it");
        }
        if (!pattern.isEmpty() && !Pattern.matches(pattern, value)) {
            throw new IllegalArgumentException(what + " \"" + value + "\" does not match " + pattern);
        }
    }
}
