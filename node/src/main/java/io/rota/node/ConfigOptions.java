package io.rota.node;

import io.rota.node.config.ConfigException;
import io.rota.node.config.ConfigFile;
import io.rota.node.config.NodeConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a config file and what differs on this server. */
final class ConfigOptions {
    /** Exit code for a config file that cannot be used. */
    static final int CONFIG_INVALID = 3;

    @Option(
            names = {"-c", "--config"},
            defaultValue = "rota.yaml",
            description = "The config file (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("rota.yaml");

    // Null until given on the command line.
    @Option(names = "--name", description = "This node's name, over node.name of the file.")
    private @Nullable String name;

    // Null until given on the command line.
    @Option(names = "--data-dir", description = "Where output and run states are kept, over node.data_dir.")
    private @Nullable String dataDir;

    Path file() {
        return file;
    }

    NodeConfig read() throws ConfigException {
        return read(file);
    }

    /** Reads another file as if it were this node's. */
    NodeConfig read(Path other) throws ConfigException {
        var overrides = new ConfigFile.Overrides(Optional.ofNullable(name), Optional.ofNullable(dataDir));
        return ConfigFile.read(other, overrides, System::getenv);
    }
}
