package io.rota.node;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rota undrain}: has a drained node take part again. */
@Command(name = "undrain", description = "Has a drained node take part again.", mixinStandardHelpOptions = true)
final class UndrainCommand implements Callable<Integer> {
    // Null until given on the command line.
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "Its name; default: the node that is asked.")
    private @Nullable String node;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        return admin.talk(client -> {
            var name = node == null ? client.cluster().text("observedBy") : node;
            var reply = client.undrain(name);
            if (!reply.isDone()) {
                spec.commandLine().getErr().println("rota: " + reply.text("detail"));
                return 1;
            }
            spec.commandLine().getOut().println(name + " takes part again, and its share once its view is settled");
            return 0;
        });
    }
}
