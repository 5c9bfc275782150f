package io.rota.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second node out of a data directory: two books in one file would make one disk count as two. */
final class DataDirLock implements AutoCloseable {
    private final FileChannel channel;

    private DataDirLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, making it if it is missing. The lock ends with the process.
     *
     * @throws IOException with one line for a person if another node holds it
     */
    static DataDirLock take(Path dataDir) throws IOException {
        Files.createDirectories(dataDir);
        var channel = FileChannel.open(dataDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DataDirLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // A node in this very process holds it: the same as any other.
        }
        channel.close();
        throw new IOException("data directory " + dataDir.toAbsolutePath()
                + " is used by another node: set node.data_dir or start with --data-dir");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
