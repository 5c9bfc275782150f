package io.rota.node.config;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} by environment variables; {@code $$} is a plain dollar sign. */
final class Substitution implements UnaryOperator<String> {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Function<String, @Nullable String> environment;

    Substitution(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException if a variable is not set and has no default */
    @Override
    public String apply(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(valueOf(match.group(1), match.group(2))));
    }

    private String valueOf(@Nullable String name, @Nullable String otherwise) {
        if (name == null) {
            return "$";
        }
        var value = environment.apply(name);
        if (value != null && !value.isEmpty()) {
            return value;
        }
        if (otherwise == null) {
            throw new IllegalArgumentException("environment variable " + name + " is not set");
        }
        return otherwise;
    }
}
