package io.rota.node.demo;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rota demo}: three nodes on this machine; with {@code --prove} without a person. */
@Command(
        name = "demo",
        description = "Runs three nodes on this machine with example tasks; Ctrl-C ends all.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--prove",
            description =
                    "Kill the node that owns most, check that its tasks move and that nothing exclusive ran twice.")
    private boolean prove;

    @Option(names = "--keep", description = "Leave the files (logs, witness) when it ends.")
    private boolean keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var cluster = DemoCluster.start();
        var end = new Thread(cluster::close, "end");
        Runtime.getRuntime().addShutdownHook(end);
        out.println("Rota demo: " + DemoCluster.NODES + " nodes on this machine, files in "
                + cluster.files().dir());
        for (int i = 0; i < DemoCluster.NODES; i++) {
            out.println("  " + DemoFiles.name(i) + "  " + cluster.adminUrl(i) + "  pid " + cluster.pid(i));
        }
        out.flush();
        if (keep) {
            cluster.keepFiles();
        }
        if (prove) {
            return new Proof(cluster, out).run();
        }
        out.println("Open one of the pages, then kill a node and look: kill -9 " + cluster.pid(0));
        out.println("Ctrl-C ends all.");
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }
}
