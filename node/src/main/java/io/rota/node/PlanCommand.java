package io.rota.node;

import io.rota.adminui.client.AdminClient;
import io.rota.adminui.client.Reply;
import io.rota.node.config.ConfigException;
import io.rota.scheduler.TaskFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rota plan}: what a file would change if all nodes held it. */
@Command(
        name = "plan",
        description = "Shows what a config file would change if all nodes held it, and changes nothing."
                + " Exit code 3 if it cannot be used. Only tasks are compared: other settings take a restart.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    /** With --exit-code, for a file that would change something. */
    static final int WOULD_CHANGE = 4;

    // Null until given on the command line.
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file to look at; default: the config file.")
    private @Nullable Path candidate;

    @Option(names = "--exit-code", description = "Exit with code 4 if anything would change.")
    private boolean exitCode;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        return admin.talk(this::plan);
    }

    private int plan(AdminClient client) throws AdminClient.NoAnswerException, ConfigException, InterruptedException {
        var err = spec.commandLine().getErr();
        var file = admin.config()
                .read(candidate == null ? admin.config().file() : candidate)
                .taskFile();
        var plan = client.plan(file);
        if (!plan.isDone()) {
            err.println("rota: " + plan.text("detail"));
            return 1;
        }
        if (!plan.flag("inForce")) {
            err.println(
                    "rota: " + plan.text("node") + " does not hold the file in force; this is compared with its own");
        }
        long revision = Long.parseLong(plan.text("revision"));
        if (file.revision() < revision) {
            err.println("rota: revision " + file.revision() + " is lower than " + revision
                    + ": it comes into force only once no node holds the other");
        }
        print(spec.commandLine().getOut(), plan, file);
        boolean same = FileChange.isNone(plan) && plan.items("moves").isEmpty();
        return exitCode && !same ? WOULD_CHANGE : 0;
    }

    private static void print(PrintWriter out, Reply plan, TaskFile file) {
        out.println("Against what " + plan.text("node") + " holds, revision " + plan.text("revision") + " to "
                + file.revision() + ": " + FileChange.inShort(plan));
        var places = new TreeMap<String, Reply>();
        plan.items("moves").forEach(move -> places.put(move.text("task"), move));
        plan.texts("added").forEach(task -> out.println("  + " + task + "  starts" + at(places.get(task), "to")));
        plan.texts("removed").forEach(task -> out.println("  - " + task + "  ends" + at(places.get(task), "from")));
        plan.texts("restarted")
                .forEach(task -> out.println("  ! " + task + "  is restarted: work or guarantee differ"));
        plan.texts("changed").forEach(task -> out.println("  ~ " + task + "  changes; no run is stopped for it"));
        places.values().stream()
                .filter(move -> !move.text("from").isEmpty() && !move.text("to").isEmpty())
                .forEach(move -> out.println(
                        "  > " + move.text("task") + "  moves " + move.text("from") + " -> " + move.text("to")));
        plan.items("blocked")
                .forEach(task -> out.println("  x " + task.text("task") + "  is blocked: " + task.text("reason")));
    }

    private static String at(@Nullable Reply move, String side) {
        return move == null || move.text(side).isEmpty() ? "" : " on " + move.text(side);
    }
}
