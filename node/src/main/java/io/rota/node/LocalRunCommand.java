package io.rota.node;

import io.rota.node.config.ConfigException;
import io.rota.node.config.NodeConfig;
import io.rota.node.config.Suggestions;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.run.RunAlone;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code rota run --local}: for the author of a task. No cluster takes part, so nothing is claimed and nothing recorded. */
final class LocalRunCommand {
    private final String name;
    private final boolean withoutClaim;
    private final CommandLine line;

    LocalRunCommand(String name, boolean withoutClaim, CommandLine line) {
        this.name = name;
        this.withoutClaim = withoutClaim;
        this.line = line;
    }

    /** Exit code of the task; 1 if it may not be run so, 3 if the file cannot be used. */
    int run(ConfigOptions options, SortedMap<String, String> params) throws InterruptedException {
        NodeConfig config;
        try {
            config = options.read();
        } catch (ConfigException e) {
            e.problems().forEach(line.getErr()::println);
            return ConfigOptions.CONFIG_INVALID;
        }
        var found =
                config.tasks().stream().filter(task -> task.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            var names =
                    config.tasks().stream().map(TaskDefinition::name).collect(Collectors.toCollection(TreeSet::new));
            var hint = Suggestions.didYouMean(name, names);
            return refuse("there is no task " + name + " in " + options.file() + (hint.isEmpty() ? "" : ": " + hint));
        }
        if (found.get().isExclusive() && !withoutClaim) {
            return refuse(
                    "task " + name + " is exclusive, and a run by hand takes no claim: the cluster may run it at the"
                            + " same time. If it does not, or that does no harm, add --without-claim");
        }
        line.getErr()
                .println("rota: " + name
                        + " runs here alone: no claim, no token, no record; the cluster does not know of"
                        + " it and may run it at the same time");
        line.getErr().flush();
        try {
            var task = found.get().with(found.get().work().beside(config.directory()));
            return new RunAlone(task, config.node().name(), JavaTaskCommand.argv(), System.out).run(params);
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private int refuse(String why) {
        line.getErr().println("rota: " + why);
        return 1;
    }
}
