package io.rota.node;

import io.rota.adminui.client.AdminClient;
import io.rota.node.config.ConfigException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rota decide}: says what became of a run in doubt. */
@Command(
        name = "decide",
        description = "Says what became of a run in doubt; exit code 1 if that was refused.",
        mixinStandardHelpOptions = true)
final class DecideCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TASK", description = "Name of a task of level once.")
    private String task = "";

    @Parameters(index = "1", paramLabel = "RUN", description = "The run in doubt, like payout@2026-11-24T06:00:00Z.")
    private String run = "";

    @Parameters(
            index = "2",
            paramLabel = "DECISION",
            description = "done: it took effect. not-done: it did not, and is started once more."
                    + " abandon: nobody will ever know, and it is not started again.")
    private String decision = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "How you know; it is kept with the decision.")
    private String reason = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who says so; default: the user who runs this command.")
    private String by = "";

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var err = spec.commandLine().getErr();
        try {
            var word = decision.toLowerCase(Locale.ROOT).replace('-', '_');
            var who = by.isBlank() ? System.getProperty("user.name", "unknown user") : by;
            var reply = admin.client().decide(task, run, word, reason, who);
            if (!reply.isDone()) {
                err.println("rota: " + reply.text("detail"));
                return 1;
            }
            spec.commandLine().getOut().println(reply.text("runId") + ": " + reply.text("state"));
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            return ConfigOptions.CONFIG_INVALID;
        } catch (AdminClient.NoAnswerException e) {
            err.println("rota: " + e.getMessage());
            return 1;
        }
    }
}
