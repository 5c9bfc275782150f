package io.rota.node;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal, where there is one. */
final class Terminal {
    private final @Nullable Console console;

    private Terminal(@Nullable Console console) {
        this.console = console;
    }

    /** The terminal that this process was started at. */
    @SuppressWarnings("SystemConsoleNull") // From JDK 22 on it is isTerminal that tells, which is asked too.
    static Optional<Terminal> find() {
        var found = System.console();
        return found != null && isTerminal(found) ? Optional.of(new Terminal(found)) : Optional.empty();
    }

    /** From JDK 22 on there is a console also where there is no terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** True if the answer is y or yes. */
    boolean confirms(String question) {
        var answer = console == null ? null : console.readLine("%s [y/N] ", question);
        return answer != null
                && (answer.strip().toLowerCase(Locale.ROOT).equals("y")
                        || answer.strip().toLowerCase(Locale.ROOT).equals("yes"));
    }
}
