package io.rota.scheduler.run;

import io.rota.scheduler.SecretSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the secrets of a run. What goes wrong is said by name and place, never by value. */
final class SecretValues {
    /** What the kernel takes as one variable is not much more. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private SecretValues() {}

    /**
     * @param secrets by the variable that each is given in; paths are absolute
     * @param environment of the node
     * @throws IOException with a reason for a person
     */
    static SortedMap<String, String> read(
            SortedMap<String, SecretSource> secrets, Function<String, @Nullable String> environment)
            throws IOException {
        var values = new TreeMap<String, String>();
        for (Map.Entry<String, SecretSource> secret : secrets.entrySet()) {
            try {
                values.put(secret.getKey(), value(secret.getValue(), environment));
            } catch (IOException e) {
                throw new IOException("secret " + secret.getKey() + ": " + e.getMessage(), e);
            }
        }
        return values;
    }

    private static String value(SecretSource source, Function<String, @Nullable String> environment)
            throws IOException {
        String value;
        if (source instanceof SecretSource.File file) {
            value = withoutLineEnd(text(Path.of(file.path())));
        } else if (source instanceof SecretSource.Env variable) {
            value = environment.apply(variable.name());
            if (value == null) {
                throw new IOException("variable " + variable.name() + " is not set in the environment of this node");
            }
        } else {
            throw new IllegalStateException("unknown source " + source);
        }
        if (value.isEmpty()) {
            throw new IOException("it is empty");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IOException("it holds a NUL, which no variable can");
        }
        return value;
    }

    private static String text(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("file " + file + " does not exist");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("file " + file + " is no file that this node can read");
        }
        requirePrivate(file);
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("file " + file + " is larger than " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("file " + file + " is not UTF-8", e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        try {
            var open = Files.getPosixFilePermissions(file);
            if (open.stream().anyMatch(OF_OTHERS::contains)) {
                throw new IOException("file " + file + " is open to every user of the machine: chmod 600 it");
            }
        } catch (UnsupportedOperationException e) {
            throw new IOException("file " + file + " lies where nobody can tell who may read it", e);
        }
    }

    /** Editors end a file with a line end that nobody means. */
    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\r?\n\\z", "");
    }
}
