package io.rota.node;

import io.rota.node.config.ClusterKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota keygen}: a new cluster key. */
@Command(
        name = "keygen",
        description = "Prints a new cluster key; every node of a cluster needs the same.",
        mixinStandardHelpOptions = true)
final class KeygenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(ClusterKey.random().toBase64());
        return 0;
    }
}
