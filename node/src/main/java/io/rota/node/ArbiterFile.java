package io.rota.node;

import io.rota.scheduler.arbitration.ArbiterList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest list of arbiters that a node has heard of, in its data directory: a node that starts again asks those that
 * are arbiters now, whatever its config file says. Losing it costs nothing: any member tells it again. Confined to the
 * caller's lock.
 */
final class ArbiterFile {
    private static final Logger LOG = LoggerFactory.getLogger(ArbiterFile.class);

    private final Path file;

    ArbiterFile(Path dataDir) {
        this.file = dataDir.resolve("arbiters");
    }

    Optional<ArbiterList> read() {
        try {
            return Files.exists(file) ? Optional.of(ArbiterList.parse(Files.readString(file))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the list of arbiters is not read back: the others tell it again file={} cause=\"{}\"", file, e);
            return Optional.empty();
        }
    }

    void write(ArbiterList list) {
        var fresh = file.resolveSibling("arbiters.new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(fresh, list.toText());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the list of arbiters is not kept: after a restart it is asked for file={} cause=\"{}\"", file, e);
        }
    }
}
