package io.rota.torture;

import io.rota.torture.check.Check;
import io.rota.torture.check.Verdict;
import io.rota.torture.cluster.Cluster;
import io.rota.torture.cluster.Rest;
import io.rota.torture.cluster.WitnessTail;
import io.rota.torture.cluster.Workload;
import io.rota.torture.history.History;
import io.rota.torture.history.Settle;
import io.rota.torture.inject.Injector;
import io.rota.torture.inject.Nemesis;
import io.rota.torture.nemesis.Timeline;
import io.rota.torture.report.Setting;
import io.rota.torture.report.Summary;
import io.rota.torture.report.TimelinePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One run: start, round after round, end, checks, report. Confined to the main thread. */
final class TortureRun {
    private static final Duration REST_LIMIT = Duration.ofSeconds(60);
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Options options;
    private final Timeline timeline;
    private final Cluster cluster;
    private final PrintWriter out;
    private final WitnessTail witness;
    private final Workload workload;
    private final Rest rest;
    private final Settling settling;
    private final Nemesis nemesis;
    private final OrphanWatch orphans;
    private final List<Settle> settles = new ArrayList<>();
    private Optional<Settle> locks = Optional.empty();
    private final long startNanos = System.nanoTime();
    private final String loadBefore = Load.now();

    TortureRun(Options options, Timeline timeline, Cluster cluster, Workload workload, PrintWriter out) {
        this.workload = workload;
        this.options = options;
        this.timeline = timeline;
        this.cluster = cluster;
        this.out = out;
        this.witness = new WitnessTail(cluster.files().witness());
        this.rest = new Rest(cluster, witness, workload);
        this.settling = new Settling(REST_LIMIT, this::say);
        this.nemesis = new Nemesis(new Injector(cluster, options.limits().diskNeedsRestart()), this::say);
        this.orphans = new OrphanWatch(cluster);
    }

    /** True if nothing failed. */
    boolean run() throws IOException {
        orphans.start();
        cluster.startAll();
        if (settle(0)) {
            rounds();
            say("waiting for the lock group");
            locks = Optional.of(settling.await(timeline.rounds().size(), rest::locksMissing));
        }
        say("ending all nodes");
        cluster.tellAll();
        orphans.look();
        orphans.close();
        return report();
    }

    private void rounds() throws IOException {
        for (var round : timeline.rounds()) {
            if (System.nanoTime() - startNanos > TimeUnit.SECONDS.toNanos(options.lastRoundSeconds())) {
                say("time is over: " + (timeline.rounds().size() - round.number() + 1) + " rounds are not carried out");
                return;
            }
            LockSupport.parkNanos(CALM_NANOS);
            say("round " + round.number());
            nemesis.carryOut(round);
            if (!settle(round.number())) {
                return;
            }
        }
    }

    /** Waits until the cluster is at rest; a run ends with the first round after which it is not. */
    private boolean settle(int round) throws IOException {
        var settle = settling.await(round, rest::missing);
        settles.add(settle);
        return settle.done();
    }

    private boolean report() throws IOException {
        var history = new History(
                workload.tasks(),
                witness.lines(),
                witness.torn(),
                nemesis.done(),
                settles,
                locks,
                new History.NodeRecords(cluster.lives(), orphans.sightings(), cluster.errors()));
        var verdicts = Check.all().stream().map(check -> check.examine(history)).toList();
        var setting = new Setting(
                timeline.profile(),
                timeline.seed(),
                timeline.nodes(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos),
                cluster.network().describe(),
                loadBefore + " to " + Load.now(),
                options.limits().excluded());
        var summary = Summary.of(setting, history, verdicts);
        Files.writeString(cluster.files().file("report.txt"), summary);
        Files.writeString(
                cluster.files().file("report.html"), TimelinePage.of(summary, history, verdicts, timeline.nodes()));
        out.print(summary);
        out.flush();
        return verdicts.stream().noneMatch(verdict -> verdict.outcome() == Verdict.Outcome.FAILED);
    }

    private void say(String text) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startNanos) / 1e9, text);
        out.flush();
    }
}
