package io.rota.node;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota reload}: has a node read its own file again. */
@Command(
        name = "reload",
        description = "Has a node read its own file again now, and says what that changed;"
                + " exit code 3 if the file cannot be used.",
        mixinStandardHelpOptions = true)
final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        return admin.talk(client -> {
            var reply = client.reload();
            if (!reply.isDone()) {
                reply.texts("errors").forEach(err::println);
                err.println("rota: " + reply.text("detail"));
                return reply.texts("errors").isEmpty() ? 1 : ConfigOptions.CONFIG_INVALID;
            }
            out.println("read again, revision " + reply.text("revision") + ": " + FileChange.inWords(reply));
            if (reply.flag("needsRestart")) {
                out.println("cluster or node settings differ too: those are taken over at the next start");
            }
            return 0;
        });
    }
}
