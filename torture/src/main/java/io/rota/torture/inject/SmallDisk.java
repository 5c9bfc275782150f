package io.rota.torture.inject;

import io.rota.torture.net.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A node's disk, a small tmpfs, that can be filled and made read-only. Pure shell over a path. */
final class SmallDisk {
    private static final int CHUNK_BYTES = 4096;
    private static final int TRIES = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path mount;

    SmallDisk(Path mount) {
        this.mount = mount;
    }

    private Path filler() {
        return mount.resolve("filler");
    }

    /** Writes until nothing more fits. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(new byte[CHUNK_BYTES]);
            }
        } catch (IOException full) {
            // That is what was wanted.
            return;
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    /** A file that is open for writing at this very moment refuses the change: tried again for a second. */
    void readOnly(boolean on) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Commands.run(List.of("mount", "-o", "remount," + (on ? "ro" : "rw"), mount.toString()));
                return;
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
