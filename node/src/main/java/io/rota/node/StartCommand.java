package io.rota.node;

import io.rota.node.config.ConfigException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota start}: runs a node until it is told to stop. */
@Command(name = "start", description = "Runs a node until TERM or Ctrl-C.", mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var err = spec.commandLine().getErr();
        Node node;
        try {
            node = Node.start(options.read(), Main.Version.text());
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            return ConfigOptions.CONFIG_INVALID;
        } catch (NodeStartException e) {
            err.println("rota: " + e.getMessage());
            return 1;
        }
        var watch = new ConfigWatch(options.file(), options::read, node::reload);
        watch.start();
        node.onReloadAsked(watch::readNow);
        Signals.on("HUP", () -> {
            // What comes of it is logged.
            var unused = watch.readNow();
        });
        var stop = new Thread(() -> endWell(node), "stop");
        var told = new AtomicBoolean();
        Runnable onEnd = () -> {
            if (told.getAndSet(true)) {
                node.hurry();
            } else {
                // Exits from a thread of its own: the one that handles signals must stay free for the next.
                new Thread(() -> System.exit(0), "exit").start();
            }
        };
        Signals.on("TERM", onEnd);
        Signals.on("INT", onEnd);
        Runtime.getRuntime().addShutdownHook(stop);
        err.println("rota: " + node.awaitFailure());
        told.set(true);
        Runtime.getRuntime().removeShutdownHook(stop);
        watch.close();
        node.close();
        return 1;
    }

    /** A JVM that is ended by a signal exits with 128 + its number; a node that stopped in good order exits with 0. */
    private static void endWell(Node node) {
        node.close();
        Main.flushLog();
        Runtime.getRuntime().halt(0);
    }
}
