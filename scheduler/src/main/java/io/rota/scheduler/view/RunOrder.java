package io.rota.scheduler.view;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Asks for one run of a task, now. Immutable.
 *
 * @param task task name
 * @param key idempotency key, unique for the task: letters, digits, dot, dash, underscore; at most 64 characters
 * @param params values of the task's declared parameters, by name
 */
public record RunOrder(String task, String key, SortedMap<String, String> params) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public RunOrder {
        if (!isValidKey(key)) {
            throw new IllegalArgumentException(
                    "key \"" + key
                            + "\" is not made of letters, digits, dot, dash and underscore, at most 64, a letter or digit first");
        }
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** True if this can be a key. */
    public static boolean isValidKey(String key) {
        return KEY.matcher(key).matches();
    }
}
