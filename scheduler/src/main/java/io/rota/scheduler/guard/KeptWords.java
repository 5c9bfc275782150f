package io.rota.scheduler.guard;

import io.rota.scheduler.arbitration.DeathWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Words that no majority of the arbiters has taken yet, one file each, synced: a word that was given stays given,
 * whoever dies before it is heard. At most {@value #LIMIT}, the oldest fall out. Thread-safe.
 */
public final class KeptWords {
    static final int LIMIT = 256;

    private final Path dir;

    public KeptWords(Path dir) {
        this.dir = dir;
    }

    /** On disk when this returns. */
    public synchronized void keep(DeathWord word) throws IOException {
        Files.createDirectories(dir);
        var files = files();
        if (files.size() >= LIMIT) {
            Files.deleteIfExists(files.get(0));
        }
        var draft = dir.resolve("new");
        try (var out = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((word.node() + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(draft, file(word), StandardCopyOption.ATOMIC_MOVE);
        try (var entries = FileChannel.open(dir)) {
            entries.force(true);
        }
    }

    /** A majority of the arbiters has it on its disks. */
    public synchronized void taken(DeathWord word) throws IOException {
        Files.deleteIfExists(file(word));
    }

    public synchronized List<DeathWord> all() throws IOException {
        var words = new ArrayList<DeathWord>();
        for (var file : files()) {
            long bootId = Long.parseUnsignedLong(file.getFileName().toString(), 16);
            words.add(new DeathWord(Files.readString(file).strip(), bootId));
        }
        return words;
    }

    /** Oldest first. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{1,16}"))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .thenComparing(Path::getFileName))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private Path file(DeathWord word) {
        return dir.resolve(Long.toHexString(word.bootId()));
    }
}
