package io.rota.node;

import io.rota.adminui.client.AdminClient;
import io.rota.adminui.json.ArbitrationJson;
import io.rota.node.config.ConfigException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rota arbiters}: who the arbiters are, and how that is changed. */
@Command(
        name = "arbiters",
        description = "Lists the arbiters and where each stands; replaces one, or adds two.",
        mixinStandardHelpOptions = true,
        subcommands = {ArbitersCommand.Replace.class, ArbitersCommand.Add.class})
final class ArbitersCommand implements Callable<Integer> {
    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        return answered(spec, () -> {
            print(spec.commandLine().getOut(), admin.client().arbiters());
            return 0;
        });
    }

    private static void print(PrintWriter out, ArbitrationJson arbitration) {
        var list = arbitration.list();
        out.println(list.epoch() == 0 ? "by the config file, no arbiter has answered yet" : "list " + list.epoch());
        for (var arbiter : arbitration.arbiters()) {
            out.println("  " + arbiter.name() + ": "
                    + (arbiter.reachable() ? "answers, its book is " + arbiter.book() : "does not answer"));
        }
        if (list.changedAtMillis() > 0) {
            out.println("changed by " + list.changedBy() + " at " + Instant.ofEpochMilli(list.changedAtMillis()) + ": "
                    + list.reason());
        }
        out.println(arbitration.quorum() ? "a majority decides" : "no majority decides: nothing exclusive starts");
    }

    private interface Call {
        int make() throws ConfigException, AdminClient.NoAnswerException, InterruptedException;
    }

    private static int answered(CommandSpec spec, Call call) throws InterruptedException {
        var err = spec.commandLine().getErr();
        try {
            return call.make();
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            return ConfigOptions.CONFIG_INVALID;
        } catch (AdminClient.NoAnswerException e) {
            err.println("rota: " + e.getMessage());
            return 1;
        }
    }

    /** What both changes have in common. */
    static final class Wish {
        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept in the books.")
        private String reason = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who says so; default: the user who runs this command.")
        private String by = "";

        @Mixin
        private AdminOptions admin = new AdminOptions();

        int change(CommandSpec spec, String leaving, List<String> joining) throws InterruptedException {
            return answered(spec, () -> {
                var who = by.isBlank() ? System.getProperty("user.name", "unknown user") : by;
                var reply = admin.client().changeArbiters(leaving, joining, reason, who);
                if (!reply.isDone()) {
                    spec.commandLine().getErr().println("rota: " + reply.text("detail"));
                    return 1;
                }
                var note = reply.text("note");
                spec.commandLine()
                        .getOut()
                        .println("list " + reply.text("epoch") + " is decided"
                                + (note.isEmpty() ? ", and a majority of it votes" : "; " + note));
                return 0;
            });
        }
    }

    /** {@code rota arbiters replace}. */
    @Command(
            name = "replace",
            description = "A node takes the place of an arbiter; exit code 1 if that was refused.",
            mixinStandardHelpOptions = true)
    static final class Replace implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "OLD", description = "The arbiter that leaves, dead or alive.")
        private String old = "";

        @Parameters(index = "1", paramLabel = "NEW", description = "A live node that is no arbiter.")
        private String fresh = "";

        @Mixin
        private Wish wish = new Wish();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws InterruptedException {
            return wish.change(spec, old, List.of(fresh));
        }
    }

    /** {@code rota arbiters add}. */
    @Command(
            name = "add",
            description = "Two nodes become arbiters, so that one is three or three are five; exit code 1 if that was"
                    + " refused.",
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Parameters(arity = "1..4", paramLabel = "NODE", description = "Live nodes that are no arbiters.")
        private List<String> fresh = List.of();

        @Mixin
        private Wish wish = new Wish();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws InterruptedException {
            return wish.change(spec, "", fresh);
        }
    }
}
