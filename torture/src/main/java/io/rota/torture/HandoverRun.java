package io.rota.torture;

import io.rota.torture.check.Check;
import io.rota.torture.check.Verdict;
import io.rota.torture.cluster.Cluster;
import io.rota.torture.cluster.NodeFile;
import io.rota.torture.cluster.Rest;
import io.rota.torture.cluster.WitnessTail;
import io.rota.torture.cluster.Workload;
import io.rota.torture.handover.Course;
import io.rota.torture.handover.Leg;
import io.rota.torture.handover.Move;
import io.rota.torture.handover.Step;
import io.rota.torture.history.History;
import io.rota.torture.history.Settle;
import io.rota.torture.history.TaskSpec;
import io.rota.torture.report.HandoverSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster in which nothing is wrong and much is changed: nodes come, restart, get other files and weights. Confined to
 * the main thread.
 */
final class HandoverRun {
    /** Between two beats of a task: enough to see a copy that lives on, and cheap with hundreds of tasks. */
    static final int BEAT_MILLIS = 250;

    private static final Duration REST_LIMIT = Duration.ofMinutes(2);
    private static final int JOINER = HandoverOptions.NODES - 1;
    /** One task in so many gets another definition, one goes, one comes. */
    private static final int CHANGED_SHARE = 10;

    private static final String OTHER_WEIGHT = "1.5";

    private final HandoverOptions options;
    private final Cluster cluster;
    private final PrintWriter out;
    private final WitnessTail witness;
    private final Rest rest;
    private final Settling settling;
    private final OrphanWatch orphans;
    private final IdleTimer timer = new IdleTimer();
    private final Random random;
    private final List<Settle> settles = new ArrayList<>();
    private final List<Leg> legs = new ArrayList<>();
    private final Set<Integer> running = new TreeSet<>();
    /** Every task that there was, in its last version. */
    private final Set<TaskSpec> everyTask = new LinkedHashSet<>();

    private final long startNanos = System.nanoTime();
    private final String loadBefore = Load.now();
    private Workload workload;
    private Optional<Settle> locks = Optional.empty();

    HandoverRun(HandoverOptions options, Cluster cluster, Workload workload, PrintWriter out) {
        this.options = options;
        this.cluster = cluster;
        this.workload = workload;
        this.out = out;
        this.witness = new WitnessTail(cluster.files().witness());
        this.rest = new Rest(cluster, witness, workload);
        this.settling = new Settling(REST_LIMIT, this::say);
        this.orphans = new OrphanWatch(cluster);
        this.random = new Random(options.seed());
        everyTask.addAll(workload.tasks());
    }

    /** Something done to the cluster. */
    private interface Change {
        void carryOut() throws IOException;
    }

    /** True if nothing failed. */
    boolean run() throws IOException {
        orphans.start();
        timer.start();
        say("starting " + JOINER + " nodes");
        for (int node = 0; node < JOINER; node++) {
            cluster.node(node).start();
            running.add(node);
        }
        if (settle() && lockGroup()) {
            steps();
        }
        say("ending all nodes");
        timer.close();
        cluster.tellAll();
        orphans.look();
        orphans.close();
        return report();
    }

    private void steps() throws IOException {
        boolean well = leg(Step.JOIN, "a fifth node joins", Set.of(), () -> start(JOINER));
        for (int node : shuffled()) {
            well = well && restart(Step.RESTART, node) && lockGroup();
        }
        well = well && otherFile();
        if (well) {
            int node = random.nextInt(HandoverOptions.NODES);
            cluster.configure(node, new NodeFile(workload, 1, OTHER_WEIGHT));
            well = restart(Step.WEIGHT, node);
        }
        if (!well) {
            say("given up: the steps that follow are not carried out");
        }
    }

    private List<Integer> shuffled() {
        var order = new ArrayList<>(
                IntStream.range(0, HandoverOptions.NODES).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    private void start(int node) throws IOException {
        running.add(node);
        cluster.node(node).start();
    }

    private boolean restart(Step step, int node) throws IOException {
        var name = cluster.node(node).name();
        return leg(step, name + " stops", Set.of(), () -> {
                    running.remove(node);
                    cluster.node(node).tell();
                })
                && leg(step, name + " starts", Set.of(), () -> start(node));
    }

    /** Another file goes from node to node: some tasks are changed, some gone, some new. */
    private boolean otherFile() throws IOException {
        var tasks = new ArrayList<>(workload.tasks());
        int share = tasks.size() / CHANGED_SHARE;
        Collections.shuffle(tasks, random);
        var changed = tasks.subList(0, share).stream().map(TaskSpec::changed).toList();
        var next = new ArrayList<TaskSpec>(changed);
        next.addAll(tasks.subList(2 * share, tasks.size()));
        next.addAll(Workload.services(options.seed(), tasks.size(), share, BEAT_MILLIS)
                .tasks());
        workload = new Workload(next, BEAT_MILLIS);
        everyTask.addAll(next);
        var bound = changed.stream().map(TaskSpec::name).collect(Collectors.toSet());
        var holders = new TreeSet<Integer>();
        boolean well = true;
        for (int node : shuffled()) {
            well = well
                    && leg(Step.CONFIG, cluster.node(node).name() + " gets the file", bound, () -> {
                        holders.add(node);
                        rest.expectDrift(holders);
                        cluster.configure(node, new NodeFile(workload, 1, "1"));
                    });
        }
        return well;
    }

    private boolean leg(Step step, String what, Set<String> bound, Change change) throws IOException {
        say(step.text() + ": " + what);
        var before = rest.owners();
        long from = System.nanoTime();
        change.carryOut();
        boolean well = settle();
        legs.add(new Leg(step, what, from, System.nanoTime(), before, rest.owners(), bound));
        return well;
    }

    private boolean settle() throws IOException {
        rest.expect(workload, running);
        var settle = settling.await(settles.size(), rest::missingOnOwners);
        settles.add(settle);
        return settle.done();
    }

    /** Before the next arbiter may go. */
    private boolean lockGroup() throws IOException {
        locks = Optional.of(settling.await(settles.size(), rest::locksMissing));
        return locks.get().done();
    }

    private boolean report() throws IOException {
        var tasks = everyTask.stream()
                .collect(Collectors.toMap(TaskSpec::name, task -> task, (first, second) -> first))
                .values()
                .stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .toList();
        var history = new History(
                tasks,
                witness.lines(),
                witness.torn(),
                List.of(),
                settles,
                locks,
                new History.NodeRecords(cluster.lives(), orphans.sightings(), cluster.errors()));
        var course = new Course(legs, Move.of(tasks, history.lines()), timer.p99Nanos());
        var verdicts = new ArrayList<>(course.judge());
        Check.ofCalm().forEach(check -> verdicts.add(check.examine(history)));
        var head = String.format(
                Locale.ROOT,
                "seed %d, %d nodes, %d tasks, %d s, %s, load %s to %s",
                options.seed(),
                HandoverOptions.NODES,
                options.tasks(),
                (System.nanoTime() - startNanos) / 1_000_000_000L,
                cluster.network().describe(),
                loadBefore,
                Load.now());
        var summary = HandoverSummary.of(head, course, history, verdicts);
        Files.writeString(cluster.files().file("report.txt"), summary);
        out.print(summary);
        out.flush();
        return verdicts.stream().noneMatch(verdict -> verdict.outcome() == Verdict.Outcome.FAILED);
    }

    private void say(String text) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startNanos) / 1e9, text);
        out.flush();
    }
}
