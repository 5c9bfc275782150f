package io.rota.torture;

import io.rota.torture.cluster.Cluster;
import io.rota.torture.cluster.RunDirectory;
import io.rota.torture.cluster.Workload;
import io.rota.torture.nemesis.Timeline;
import io.rota.torture.nemesis.TimelineGenerator;
import io.rota.torture.net.Loopback;
import io.rota.torture.net.Namespaces;
import io.rota.torture.net.Network;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * The harness's main. Exit code 0 if every check passed, 1 if one failed or the run could not take place, 2 for wrong
 * usage. Whatever it made is taken away again at its end, also on Ctrl-C, but for the files of a run that failed.
 */
public final class Torture {
    private static final int WRONG_USAGE = 2;

    private Torture() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        var out = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        int code = run(List.of(arguments), out);
        out.flush();
        System.exit(code);
    }

    private static int run(List<String> arguments, PrintWriter out) {
        try {
            if (!arguments.isEmpty() && arguments.get(0).equals("handover")) {
                return handover(HandoverOptions.parse(arguments.subList(1, arguments.size())), out) ? 0 : 1;
            }
            var options = Options.parse(arguments);
            return torture(options, timeline(options), out) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            out.println("torture: " + e.getMessage() + "\n" + Options.USAGE);
            return WRONG_USAGE;
        } catch (IOException e) {
            out.println("torture: " + e.getMessage());
            return 1;
        }
    }

    private static Timeline timeline(Options options) throws IOException {
        if (options.replay().isPresent()) {
            return Timeline.parse(Files.readString(options.replay().get()));
        }
        return TimelineGenerator.draw(
                options.profile().text(),
                options.seed(),
                options.nodes(),
                options.profile().rounds(),
                options.limits());
    }

    private static boolean torture(Options options, Timeline timeline, PrintWriter out) throws IOException {
        var files = RunDirectory.create();
        var timelineFile = files.file("timeline.txt");
        Files.writeString(timelineFile, timeline.toText());
        var workload = Workload.mixed(options.profile().beatMillis());
        try (var network = network(options.prefix(), timeline.nodes(), false, out);
                var cluster = Cluster.prepare(options.jar(), timeline.nodes(), network, files, workload, true)) {
            var cleaner = new Thread(() -> clear(cluster, network), "cleaner");
            Runtime.getRuntime().addShutdownHook(cleaner);
            out.println("timeline, witness and logs: " + files.root() + " (" + network.describe() + ")");
            out.flush();
            boolean passed = new TortureRun(options, timeline, cluster, workload, out).run();
            Runtime.getRuntime().removeShutdownHook(cleaner);
            if (!passed) {
                out.println("kept: " + files.root() + " (report.html shows it at a glance)");
                out.println("replay: ./scripts/torture " + options.profile().text() + " --replay " + timelineFile);
            }
            return passed;
        }
    }

    /** The books lie on the machine's own disk there, so that an fsync costs what it costs. */
    private static boolean handover(HandoverOptions options, PrintWriter out) throws IOException {
        var files = RunDirectory.create();
        var workload = Workload.services(options.seed(), 0, options.tasks(), HandoverRun.BEAT_MILLIS);
        try (var network = network(options.prefix(), HandoverOptions.NODES, true, out);
                var cluster = Cluster.prepare(options.jar(), HandoverOptions.NODES, network, files, workload, false)) {
            var cleaner = new Thread(() -> clear(cluster, network), "cleaner");
            Runtime.getRuntime().addShutdownHook(cleaner);
            out.println("witness and logs: " + files.root() + " (" + network.describe() + ")");
            out.flush();
            boolean passed = new HandoverRun(options, cluster, workload, out).run();
            Runtime.getRuntime().removeShutdownHook(cleaner);
            if (!passed) {
                out.println(
                        "again: ./scripts/torture handover --seed " + options.seed() + " --tasks " + options.tasks());
            }
            return passed;
        }
    }

    private static void clear(Cluster cluster, Network network) {
        cluster.close();
        network.close();
    }

    private static Network network(String prefix, int nodes, boolean controlGroups, PrintWriter out)
            throws IOException {
        var obstacle = Namespaces.obstacle();
        if (obstacle.isEmpty()) {
            return Namespaces.create(prefix, nodes, controlGroups);
        }
        out.println("no faults of the network: " + obstacle);
        return new Loopback();
    }
}
