package io.rota.node;

import io.rota.node.config.ConfigException;
import io.rota.node.config.Include;
import io.rota.node.config.NodeConfig;
import io.rota.node.config.Problem;
import io.rota.scheduler.loop.Ticker;
import io.rota.scheduler.view.CommandOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the config file again when it, or one that it includes, has changed or when told to. A file with problems changes nothing: each problem is
 * logged with its place, and what was read before stays in force. Thread-safe.
 */
final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    /** A changed file is read once it has stayed the same for this long: half a file may well be a valid one. */
    private static final long LOOK_MILLIS = 1_000;

    private final Path file;
    private final Source source;
    private final Function<NodeConfig, CommandOutcome> onConfig;
    private final Ticker timer = new Ticker("config", 1);
    /** The file, and those that it includes. */
    private List<Seen> seen = List.of();

    private List<Seen> taken = List.of();
    private Optional<Include> include = Optional.empty();

    /** Reads the file. */
    interface Source {
        NodeConfig read() throws ConfigException;
    }

    /** What tells one state of a file from another without reading it; size -1 for none. */
    private record Seen(Path file, FileTime modified, long size) {
        static Seen of(Path file) {
            try {
                return new Seen(file, Files.getLastModifiedTime(file), Files.size(file));
            } catch (IOException e) {
                // An editor may be replacing it right now: it is looked at again soon.
                return new Seen(file, FileTime.fromMillis(0), -1);
            }
        }
    }

    ConfigWatch(Path file, Source source, Function<NodeConfig, CommandOutcome> onConfig) {
        this.file = file;
        this.source = source;
        this.onConfig = onConfig;
        // Nothing is seen yet, so it is read once more at first: it may have changed while the node was starting.
    }

    void start() {
        timer.every(LOOK_MILLIS, this::look);
    }

    /** Reads it now, changed or not; completed with what came of it. */
    CompletableFuture<CommandOutcome> readNow() {
        var outcome = new CompletableFuture<CommandOutcome>();
        timer.after(0, () -> {
            try {
                outcome.complete(read());
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
                throw e;
            }
        });
        return outcome;
    }

    void look() {
        var now = lookAtAll();
        boolean still = now.equals(seen);
        seen = now;
        if (still && now.stream().allMatch(one -> one.size() >= 0) && !now.equals(taken)) {
            taken = now;
            read();
        }
    }

    private List<Seen> lookAtAll() {
        var all = new ArrayList<Seen>();
        all.add(Seen.of(file));
        if (seen.isEmpty() || !seen.get(0).equals(all.get(0))) {
            include = Include.of(file);
        }
        try {
            for (var included : include.isPresent() ? include.get().files(file) : List.<Path>of()) {
                all.add(Seen.of(included));
            }
        } catch (IOException e) {
            // Without the directory the file cannot be read: that is said when it is.
            LOG.debug("included files cannot be listed: {}", e.toString());
        }
        return all;
    }

    CommandOutcome read() {
        NodeConfig next;
        try {
            next = source.read();
        } catch (ConfigException e) {
            LOG.error(
                    "the config file has {} problems: the tasks stay as they were",
                    e.problems().size());
            e.problems().forEach(problem -> LOG.error("{}", problem));
            return new CommandOutcome.ReloadRefused(
                    e.problems().stream().map(Problem::toString).toList());
        }
        return onConfig.apply(next);
    }

    @Override
    public void close() {
        timer.close();
    }
}
