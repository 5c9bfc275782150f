package io.rota.node;

import ch.qos.logback.classic.LoggerContext;
import io.rota.node.demo.DemoCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The commands of {@code rota.jar}. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 config file cannot be used.
 */
@Command(
        name = "rota",
        description = "Each task on exactly one server, and on another when that one dies.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            StartCommand.class,
            ArbitersCommand.class,
            BooksCommand.class,
            DemoCommand.class,
            DecideCommand.class,
            DrainCommand.class,
            UndrainCommand.class,
            PlanCommand.class,
            ReloadCommand.class,
            ValidateCommand.class,
            RunCommand.class,
            KeygenCommand.class,
            GuardCommandLine.class,
            JavaTaskCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = new CommandLine(Main.class)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
        flushLog();
        System.exit(code);
    }

    /** Log lines are written by a thread of their own: what waits is written before the process ends, for half a second. */
    static void flushLog() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.stop();
        }
    }

    /** The version in the JAR's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"rota " + text()};
        }

        static String text() {
            var version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
