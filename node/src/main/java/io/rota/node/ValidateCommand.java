package io.rota.node;

import io.rota.node.config.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota validate}: reads a config file and starts nothing. */
@Command(
        name = "validate",
        description = "Checks a config file and starts nothing; exit code 3 if it cannot be used.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            var config = options.read();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s is valid: cluster %s, node %s, %d seeds, %d tasks%n",
                            options.file(),
                            config.clusterName(),
                            config.node().name(),
                            config.seeds().size(),
                            config.tasks().size());
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ConfigOptions.CONFIG_INVALID;
        }
    }
}
