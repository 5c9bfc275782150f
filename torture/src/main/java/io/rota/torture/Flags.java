package io.rota.torture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Options of the form {@code --name value} or {@code --name=value}. Pure. */
final class Flags {
    private Flags() {}

    /**
     * Values by name.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static Map<String, String> parse(List<String> arguments, List<String> names) {
        var flags = arguments.stream()
                .flatMap(argument ->
                        argument.startsWith("--") ? Arrays.stream(argument.split("=", 2)) : Stream.of(argument))
                .collect(Collectors.toList());
        if (flags.size() % 2 != 0) {
            throw new IllegalArgumentException("each option needs a value");
        }
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < flags.size(); i += 2) {
            var name = flags.get(i).replaceFirst("^--", "");
            if (!names.contains(name)) {
                throw new IllegalArgumentException("unknown option --" + name);
            }
            values.put(name, flags.get(i + 1));
        }
        return values;
    }
}
