package io.rota.scheduler.guard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds programs and wraps command lines in the small tools of util-linux, where they are installed. */
final class Programs {
    private static final String OWN_PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    private static final Path ROOT = Path.of("/");

    private Programs() {}

    /** Leads a session and process group of its own: a Ctrl-C at the terminal does not reach it. */
    static List<String> inOwnSession(List<String> argv) {
        var wrapped = new ArrayList<String>();
        find("setsid").ifPresent(setsid -> wrapped.add(setsid.toString()));
        wrapped.addAll(argv);
        return wrapped;
    }

    /** A program on this process's own search path. */
    static Optional<Path> find(String program) {
        return find(program, ROOT, OWN_PATH);
    }

    /** A program as the shell would find it; a path with a slash is taken relative to {@code dir}. */
    static Optional<Path> find(String program, Path dir, String searchPath) {
        if (program.contains("/")) {
            return Optional.of(dir.resolve(program)).filter(Programs::isProgram);
        }
        return Arrays.stream(searchPath.split(":", -1))
                .map(entry -> dir.resolve(entry).resolve(program))
                .filter(Programs::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
