package io.rota.node;

import io.rota.adminui.client.AdminClient;
import io.rota.node.config.ConfigException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that a running node carries out: by default the node of the config file, on this machine. */
final class AdminOptions {
    // Null until given on the command line.
    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "Admin address of a node, like http://127.0.0.1:7702; default: the node of the config file.")
    private @Nullable String admin;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    ConfigOptions config() {
        return config;
    }

    /** What a command has to say to a node; gives its exit code. */
    interface Talk {
        int with(AdminClient client) throws AdminClient.NoAnswerException, ConfigException, InterruptedException;
    }

    /** Talks to the node; whatever keeps it from that is told in lines of their own, and gives the exit code. */
    int talk(Talk talk) throws InterruptedException {
        var err = spec.commandLine().getErr();
        try {
            return talk.with(client());
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            return ConfigOptions.CONFIG_INVALID;
        } catch (AdminClient.NoAnswerException e) {
            err.println("rota: " + e.getMessage());
            return 1;
        }
    }

    AdminClient client() throws ConfigException {
        if (admin == null) {
            return new AdminClient(URI.create(
                    "http://127.0.0.1:" + config.read().node().ports().admin()));
        }
        try {
            var url = URI.create(admin);
            if ("http".equals(url.getScheme()) && url.getHost() != null) {
                return new AdminClient(url);
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the error below, which covers both: no URL, and one of another kind.
        }
        throw new ParameterException(
                spec.commandLine(), "--admin \"" + admin + "\" is not an address like http://127.0.0.1:7702");
    }
}
