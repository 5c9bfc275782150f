package io.rota.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
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
        var channel = open(dataDir);
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

    /** True if a node uses this directory now; nothing is made or changed. */
    static boolean isTaken(Path dataDir) throws IOException {
        var file = dataDir.resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (AccessDeniedException e) {
            // Who may not take the lock cannot tell.
            return false;
        }
    }

    private static FileChannel open(Path dataDir) throws IOException {
        try {
            Files.createDirectories(dataDir);
            return FileChannel.open(dataDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "data directory " + dataDir.toAbsolutePath() + " cannot be used (" + reason(e)
                            + "): set node.data_dir or start with --data-dir",
                    e);
        }
    }

    /** What the system said; for a few kinds of failure the message is the path alone. */
    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "a file stands there";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
