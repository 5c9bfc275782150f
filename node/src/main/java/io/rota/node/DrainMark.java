package io.rota.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code drained} in the data directory: while it is there, the node takes no work, however often it starts. That
 * it is there is what counts; a content that makes no sense is reported and changes nothing. Thread-safe.
 */
final class DrainMark {
    private static final Logger LOG = LoggerFactory.getLogger(DrainMark.class);
    private static final String WORDS = "drained since ";

    private final Path dir;
    private final Path file;

    DrainMark(Path dataDir) {
        this.dir = dataDir;
        this.file = dataDir.resolve("drained");
    }

    /** True if the node is to take no work. What cannot be read counts as said: work can wait, two copies cannot be undone. */
    synchronized boolean isSet() {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            LOG.error(
                    "whether this node is drained cannot be read: it takes no work file={} cause=\"{}\""
                            + " remedy=\"rota undrain\"",
                    file,
                    e.toString());
            return true;
        }
        try {
            var since = Instant.parse(text.strip().replaceFirst("^" + WORDS, ""));
            LOG.warn("this node is drained since {}: it takes no work remedy=\"rota undrain\"", since);
        } catch (DateTimeParseException e) {
            LOG.error(
                    "the file that says that this node is drained is damaged: it takes no work file={}"
                            + " remedy=\"rota undrain\"",
                    file);
        }
        return true;
    }

    /** On disk when this returns. */
    synchronized void set(Instant now) throws IOException {
        var draft = dir.resolve("drained.new");
        try (var out = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((WORDS + now + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** Gone from the disk when this returns. */
    synchronized void clear() throws IOException {
        if (Files.deleteIfExists(file)) {
            sync();
        }
    }

    private void sync() throws IOException {
        try (var entries = FileChannel.open(dir)) {
            entries.force(true);
        }
    }
}
