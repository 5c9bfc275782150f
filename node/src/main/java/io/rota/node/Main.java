package io.rota.node;

import io.rota.node.demo.DemoCommand;
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
            DemoCommand.class,
            ValidateCommand.class,
            KeygenCommand.class,
            GuardCommandLine.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = new CommandLine(Main.class)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
        System.exit(code);
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
