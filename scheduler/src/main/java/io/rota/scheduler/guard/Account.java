package io.rota.scheduler.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An account of this machine. Immutable.
 *
 * @param name login name
 * @param uid user number
 * @param gid number of its own group
 * @param home home directory
 */
record Account(String name, long uid, long gid, String home) {
    private static final Path PASSWD = Path.of("/etc/passwd");
    /** A directory service that hangs must not hold up the guard, which has leases to see to. */
    private static final long LOOK_UP_MILLIS = 500;

    private static final int FIELDS = 7;

    /**
     * Looks in /etc/passwd first, then asks whatever else the machine is set up to ask.
     *
     * @return empty if there is no such account, or nobody answered within half a second
     */
    static Optional<Account> find(String name) {
        try {
            var here = Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1).stream()
                    .flatMap(line -> parse(name, line).stream())
                    .findFirst();
            return here.isPresent() ? here : elsewhere(name);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Account> elsewhere(String name) throws IOException {
        var getent = Programs.find("getent");
        if (getent.isEmpty()) {
            return Optional.empty();
        }
        var process = new ProcessBuilder(List.of(getent.get().toString(), "passwd", "--", name))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return parse(name, line.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A line of passwd(5). */
    static Optional<Account> parse(String name, String line) {
        var fields = line.split(":", -1);
        if (fields.length < FIELDS || !fields[0].equals(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Account(name, Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[5]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
