package io.rota.node;

import io.rota.adminui.client.AdminClient;
import io.rota.adminui.client.Reply;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rota drain}: has a node give all its tasks away, and follows it until it may leave. */
@Command(
        name = "drain",
        description = "Shows what would move, asks, and has a node give all its tasks away;"
                + " exit code 0 once nothing runs there. It takes no task until it is undrained, over restarts too.",
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
    /** Without --wait a node from which nothing has gone for this long is not followed any further. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    // Null until given on the command line.
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "Its name; default: the node that is asked.")
    private @Nullable String node;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--allow-blocked",
            description = "Drain it although there are tasks that no other node may run: they are stopped.")
    private boolean allowBlocked;

    @Option(
            names = "--wait",
            description =
                    "Follow it for as long as it takes; default: until nothing has gone for 60 s, which is exit code 1.")
    private boolean waiting;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        return admin.talk(this::drain);
    }

    private int drain(AdminClient client) throws AdminClient.NoAnswerException, InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var name = node == null ? client.cluster().text("observedBy") : node;
        var preview = client.drainOf(name);
        if (!preview.isDone()) {
            err.println("rota: " + preview.text("detail"));
            return 1;
        }
        print(out, name, preview);
        if (!preview.flag("draining")) {
            int blocked = preview.items("blocked").size();
            if (!isAgreed(name, blocked)) {
                return 1;
            }
            var done = client.drain(name, blocked > 0);
            if (!done.isDone()) {
                err.println("rota: " + done.text("detail"));
                return 1;
            }
        }
        return new DrainFollow(client, name, out, err, waiting ? Duration.ZERO : PATIENCE).follow();
    }

    private boolean isAgreed(String name, int blocked) {
        var err = spec.commandLine().getErr();
        var terminal = Terminal.find();
        if (yes && (blocked == 0 || allowBlocked)) {
            return true;
        }
        if (yes || (terminal.isEmpty() && blocked > 0 && !allowBlocked)) {
            err.println("rota: nothing is done: " + blocked
                    + " of the tasks would be blocked; say --allow-blocked to drain " + name + " all the same");
            return false;
        }
        if (terminal.isEmpty()) {
            err.println("rota: nothing is done: there is no terminal to ask at; say --yes to drain " + name);
            return false;
        }
        if (!terminal.get().confirms("Drain " + name + "?")) {
            err.println("rota: nothing is done");
            return false;
        }
        return true;
    }

    private static void print(PrintWriter out, String name, Reply preview) {
        var moves = preview.items("moves");
        out.println(
                preview.flag("draining")
                        ? name + " is draining; " + moves.size() + " tasks have still to go:"
                        : "Draining " + name + " moves " + moves.size() + " tasks:");
        moves.forEach(move -> out.println("  " + move.text("task") + "  "
                + (move.text("from").isEmpty() ? "nowhere" : move.text("from")) + " -> " + move.text("to")));
        var blocked = preview.items("blocked");
        if (!blocked.isEmpty()) {
            out.println(blocked.size() + " tasks have nowhere to go; they are stopped, and blocked:");
            blocked.forEach(task -> out.println("  " + task.text("task") + "  " + task.text("reason")));
        }
        out.flush();
    }
}
