package io.rota.node;

import io.rota.adminui.json.Json;
import io.rota.node.config.ConfigException;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.Purpose;
import io.rota.scheduler.book.BookOnDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rota books}: looks at the book in a data directory of this machine, and changes nothing. */
@Command(
        name = "books",
        description = "Looks at the book of an arbiter on this machine, whether its node runs or not; changes nothing.",
        mixinStandardHelpOptions = true,
        subcommands = {BooksCommand.Verify.class, BooksCommand.Show.class, BooksCommand.Export.class})
final class BooksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }

    private interface Reader {
        int read(BookOnDisk book, PrintWriter out);
    }

    private static int read(CommandSpec spec, ConfigOptions options, Reader reader) {
        var err = spec.commandLine().getErr();
        try {
            Path dataDir = options.read().node().dataDir();
            var book = BookOnDisk.read(dataDir.resolve("book"));
            if (DataDirLock.isTaken(dataDir)) {
                err.println("rota: a node runs on " + dataDir + ": this is its book as of now");
            }
            book.problems().forEach(problem -> err.println("rota: " + problem));
            return reader.read(book, spec.commandLine().getOut())
                    + (book.problems().isEmpty() ? 0 : 1);
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            return ConfigOptions.CONFIG_INVALID;
        } catch (IOException e) {
            err.println("rota: " + e.getMessage());
            return 1;
        }
    }

    private static Map<String, Object> line(String kind, Claim claim) {
        var line = new LinkedHashMap<String, Object>();
        line.put("kind", kind);
        line.put("task", claim.task());
        line.put("token", claim.token());
        line.put("claimId", claim.claimId());
        line.put("node", claim.lease().node());
        line.put("boot", Long.toHexString(claim.lease().bootId()));
        line.put("leaseEpoch", claim.lease().epoch());
        line.put("right", claim.purpose().kind().name());
        line.put("runId", claim.purpose().runId());
        if (claim.purpose().occurrenceMillis() != Purpose.NO_OCCURRENCE) {
            line.put(
                    "occurrence",
                    Instant.ofEpochMilli(claim.purpose().occurrenceMillis()).toString());
        }
        line.put("about", claim.purpose().about());
        line.put("end", claim.ending().end().name());
        line.put("endedBy", claim.ending().by());
        line.put("note", claim.ending().note());
        line.put("endedAtMillis", claim.ending().atMillis());
        return line;
    }

    private static void print(PrintWriter out, Map<String, ?> line) {
        out.println(new String(Json.bytes(line), StandardCharsets.UTF_8));
    }

    /** {@code rota books verify}. */
    @Command(
            name = "verify",
            description = "Checks the file and what it says; exit code 1 if anything is wrong.",
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            return read(spec, options, (book, out) -> {
                var content = book.content();
                var list = content.lists().map(lists -> lists.list());
                out.println(
                        (book.problems().isEmpty() ? "sound" : book.problems().size() + " problems") + ": "
                                + content.entries().size() + " tasks, "
                                + content.verdicts().size() + " verdicts, "
                                + content.deaths().size() + " death words, "
                                + content.revoked().size() + " revoked leases, list "
                                + list.map(known -> known.epoch() + " " + known.names())
                                        .orElse("unknown")
                                + (content.voted() ? "" : ", not voting: it refills when its node starts"));
                return 0;
            });
        }
    }

    /** {@code rota books show}. */
    @Command(
            name = "show",
            description = "Prints the claims of a task as JSON lines, the latest first; exit code 1 if there is none.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "TASK", description = "Name of a task.")
        private String task = "";

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            return read(spec, options, (book, out) -> {
                var claims = book.content().entries().stream()
                        .flatMap(entry -> entry.claims().stream())
                        .filter(claim -> claim.task().equals(task))
                        .toList();
                claims.forEach(claim -> print(out, line("claim", claim)));
                if (claims.isEmpty()) {
                    spec.commandLine().getErr().println("rota: the book holds no claim of " + task);
                    return 1;
                }
                return 0;
            });
        }
    }

    /** {@code rota books export}. */
    @Command(
            name = "export",
            description = "Prints all that the book holds as JSON lines.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            return read(spec, options, (book, out) -> {
                var content = book.content();
                content.lists()
                        .map(lists -> lists.list())
                        .ifPresent(list ->
                                print(out, Map.of("kind", "arbiters", "epoch", list.epoch(), "names", list.names())));
                content.entries().forEach(entry -> entry.claims().forEach(claim -> print(out, line("claim", claim))));
                content.verdicts().forEach(claim -> print(out, line("verdict", claim)));
                content.deaths()
                        .forEach(word -> print(
                                out,
                                Map.of("kind", "death", "node", word.node(), "boot", Long.toHexString(word.bootId()))));
                content.revoked()
                        .forEach(lease -> print(
                                out,
                                Map.of(
                                        "kind",
                                        "revoked",
                                        "node",
                                        lease.node(),
                                        "boot",
                                        Long.toHexString(lease.bootId()),
                                        "leaseEpoch",
                                        lease.epoch())));
                return 0;
            });
        }
    }
}
