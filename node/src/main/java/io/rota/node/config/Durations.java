package io.rota.node.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /** @throws IllegalArgumentException with a reason for a person */
    static Duration parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            var why = text.matches("\\d+") ? "has no unit" : "is not a duration";
            throw new IllegalArgumentException("\"" + text + "\" " + why);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
