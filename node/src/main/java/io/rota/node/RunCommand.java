package io.rota.node;

import io.rota.adminui.client.AdminClient;
import io.rota.node.config.ConfigException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rota run}: has the cluster begin a run now. */
@Command(
        name = "run",
        description = "Begins a run of a task now, on its owner; exit code 1 if it was skipped or refused.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TASK", description = "Name of a task that has a schedule.")
    private String task = "";

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "Value of a declared param; may be repeated.")
    private Map<String, String> params = new TreeMap<>();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Idempotency key: the same key is the same run, so the command may be repeated.")
    private String key = "";

    @Option(
            names = "--local",
            description = "Run it here, now, alone, with the environment a node would give it; output to the terminal.")
    private boolean local;

    @Option(
            names = "--without-claim",
            description = "With --local: run also an exclusive task, beside the copy that the cluster may run.")
    private boolean withoutClaim;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (local) {
            return new LocalRunCommand(task, withoutClaim, spec.commandLine())
                    .run(admin.config(), new TreeMap<>(params));
        }
        try {
            var reply =
                    admin.client().run(task, key.isEmpty() ? UUID.randomUUID().toString() : key, params);
            if (!reply.isDone()) {
                err.println("rota: " + reply.text("detail"));
                return 1;
            }
            var reason = reply.text("reason");
            out.println(reply.text("runId") + " on " + reply.text("node") + ": " + reply.text("state")
                    + (reason.isEmpty() ? "" : " (" + reason + ")"));
            return reply.text("state").equals("skipped") ? 1 : 0;
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            return ConfigOptions.CONFIG_INVALID;
        } catch (AdminClient.NoAnswerException e) {
            err.println("rota: " + e.getMessage());
            return 1;
        }
    }
}
