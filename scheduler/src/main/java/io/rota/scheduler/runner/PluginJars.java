package io.rota.scheduler.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-in JARs that are open, one class loader each. A JAR that was replaced on disk gets a new loader for the runs
 * that begin from then on; a loader is closed once no run uses it and it was replaced or has been idle for a minute.
 * Thread-safe.
 */
final class PluginJars implements AutoCloseable {
    /** An unused loader is closed after this long. */
    static final long IDLE_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(PluginJars.class);

    private final LongSupplier nanoClock;
    private final Map<Path, Open> byPath = new HashMap<>();
    private boolean closed;

    PluginJars(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** What tells one content of a file from the next without reading it. */
    private record Stamp(FileTime modified, long bytes, Object fileKey) {
        static Stamp of(Path jar) {
            try {
                var attributes = Files.readAttributes(jar, BasicFileAttributes.class);
                var key = attributes.fileKey();
                return new Stamp(attributes.lastModifiedTime(), attributes.size(), key == null ? "" : key);
            } catch (IOException e) {
                return new Stamp(FileTime.fromMillis(0), -1, "");
            }
        }
    }

    private static final class Open {
        private final PluginLoader loader;
        private final Stamp stamp;
        private int users;
        private long idleSinceNanos;
        private boolean replaced;

        Open(PluginLoader loader, Stamp stamp) {
            this.loader = loader;
            this.stamp = stamp;
        }
    }

    /** The right to use a loader until it is closed. */
    final class Use implements AutoCloseable {
        private final Open open;
        private boolean given;

        private Use(Open open) {
            this.open = open;
        }

        PluginLoader loader() {
            return open.loader;
        }

        @Override
        public void close() {
            synchronized (PluginJars.this) {
                if (!given) {
                    given = true;
                    open.users--;
                    open.idleSinceNanos = nanoClock.getAsLong();
                    closeIfOver(open);
                }
            }
        }
    }

    /**
     * Opens the JAR, or the loader that is open already.
     *
     * @throws PluginLoader.PluginException with a reason for a person
     */
    synchronized Use use(Path jar) throws PluginLoader.PluginException {
        var stamp = Stamp.of(jar);
        var open = byPath.get(jar);
        if (open != null && !open.stamp.equals(stamp)) {
            retire(jar, open);
            open = null;
        }
        if (open == null) {
            open = new Open(PluginLoader.open(jar), stamp);
            byPath.put(jar, open);
            LOG.info("plug-in opened jar={} bytes={}", jar, stamp.bytes());
        }
        open.users++;
        return new Use(open);
    }

    private void retire(Path jar, Open open) {
        byPath.remove(jar);
        open.replaced = true;
        closeIfOver(open);
    }

    private void closeIfOver(Open open) {
        if (open.users == 0 && (open.replaced || closed)) {
            try {
                open.loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException("plug-in " + open.loader.getName() + " cannot be closed", e);
            }
        }
    }

    /** Closes what nobody has used for a minute; to be called now and then. */
    synchronized void closeIdle() {
        long now = nanoClock.getAsLong();
        for (var entry : List.copyOf(byPath.entrySet())) {
            var open = entry.getValue();
            if (open.users == 0 && now - open.idleSinceNanos >= IDLE_NANOS) {
                LOG.info("plug-in closed, unused jar={}", entry.getKey());
                retire(entry.getKey(), open);
            }
        }
    }

    /** JARs that are open. */
    synchronized int count() {
        return byPath.size();
    }

    /** Closes what no run uses, and the rest when its last run ends. */
    @Override
    public synchronized void close() {
        closed = true;
        Map.copyOf(byPath).forEach(this::retire);
    }
}
