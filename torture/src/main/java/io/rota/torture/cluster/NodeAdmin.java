package io.rota.torture.cluster;

import io.rota.torture.json.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node's API from inside its namespace through one long-lived program. A node that does not answer within 3 s
 * gives {@link Json#nothing}. Thread-safe.
 */
public final class NodeAdmin implements AutoCloseable {
    private static final int LENGTH_DIGITS = 9;

    private final List<String> argv;
    private final Path directory;
    private @Nullable Process program;

    NodeAdmin(List<String> argv, Path directory) {
        this.argv = List.copyOf(argv);
        this.directory = directory;
    }

    /** GET of a path. */
    public synchronized Json get(String path) {
        try {
            var running = running();
            running.getOutputStream().write((path + "\n").getBytes(StandardCharsets.UTF_8));
            running.getOutputStream().flush();
            var in = new DataInputStream(running.getInputStream());
            var body = new byte[length(in)];
            in.readFully(body);
            return Json.read(new String(body, StandardCharsets.UTF_8)).orElse(Json.nothing());
        } catch (IOException e) {
            close();
            return Json.nothing();
        }
    }

    private Process running() throws IOException {
        var running = program;
        if (running == null) {
            running = new ProcessBuilder(argv)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            program = running;
        }
        return running;
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int digits = 0; digits <= LENGTH_DIGITS; digits++) {
            int c = in.readUnsignedByte();
            if (c == '\n') {
                return length;
            }
            length = length * 10 + (c - '0');
        }
        throw new IOException("not a length");
    }

    @Override
    public synchronized void close() {
        if (program != null) {
            program.destroyForcibly();
            program = null;
        }
    }
}
