package io.rota.scheduler.run;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import io.rota.scheduler.RunState;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.loop.BootClock;
import io.rota.scheduler.peer.NodeReport.TaskReport;
import io.rota.scheduler.view.ArbitrationView;
import io.rota.scheduler.view.ClusterView;
import io.rota.scheduler.view.DoubtView;
import io.rota.scheduler.view.FileOutline;
import io.rota.scheduler.view.FilePlanView;
import io.rota.scheduler.view.MemberView;
import io.rota.scheduler.view.Notice;
import io.rota.scheduler.view.PlanView;
import io.rota.scheduler.view.RingView;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.SchedulerQueries;
import io.rota.scheduler.view.TaskView;
import io.rota.scheduler.view.WhyView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What this node shows: the latest ring, its own tasks, and what the other members last reported. Thread-safe; every
 * answer is computed from snapshots.
 */
public final class ReadModel implements SchedulerQueries {
    private final Facts facts;
    private final Scheduler scheduler;
    private final Reports reports;
    private final ReportCollector collector;
    private final TaskFiles files;
    private final Supplier<ClusterRing> ring;
    private final Supplier<List<Notice>> hindrances;
    private final TaskAlarms alarms;
    private final SurplusWatch surplusWatch = new SurplusWatch();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * What never changes while the node runs, and where to ask for what does.
     *
     * @param clusterName from the config file
     * @param node this node's name
     * @param softwareVersion of this node
     * @param alone true if no other node is among the seeds
     * @param arbiters the newest list that this node has heard of
     * @param arbitersInFile the arbiters by the config file, which the books may have outgrown
     */
    public record Facts(
            String clusterName,
            String node,
            String softwareVersion,
            boolean alone,
            Supplier<ArbiterList> arbiters,
            List<String> arbitersInFile) {
        public Facts {
            arbitersInFile = List.copyOf(arbitersInFile);
        }
    }

    /** @param hindrances why this node takes no work; empty while it does */
    public ReadModel(
            Facts facts,
            Scheduler scheduler,
            Reports reports,
            ReportCollector collector,
            TaskFiles files,
            Supplier<ClusterRing> ring,
            Supplier<List<Notice>> hindrances,
            TaskAlarms alarms) {
        this.facts = facts;
        this.scheduler = scheduler;
        this.reports = reports;
        this.collector = collector;
        this.files = files;
        this.ring = ring;
        this.hindrances = hindrances;
        this.alarms = alarms;
    }

    @Override
    public ClusterView cluster() {
        var view = ring.get().view();
        var tasks = tasks();
        var arbitration = arbitration();
        long active = tasks.stream()
                .filter(task -> task.state() == TaskView.State.RUNNING || task.state() == TaskView.State.WAITING)
                .count();
        return new ClusterView(
                facts.clusterName(),
                facts.node(),
                Instant.now(),
                view.version(),
                hex(view.hash()),
                view.live().size(),
                view.members().size(),
                tasks.size(),
                (int) active,
                arbitration,
                facts.softwareVersion(),
                Notices.of(ring.get(), tasks, arbitration, alarms.current()));
    }

    private ArbitrationView arbitration() {
        var locks = reports.locks();
        var best = locks.ready() ? locks : collector.locks();
        var list = facts.arbiters().get();
        var mode = ArbitrationView.Mode.MAJORITY;
        if (list.seats().size() == 1) {
            mode = facts.alone() ? ArbitrationView.Mode.STANDALONE : ArbitrationView.Mode.SINGLE_JUDGE;
        }
        var arbiters = list.names().stream().map(this::arbiter).toList();
        long voting = arbiters.stream()
                .filter(arbiter -> arbiter.book().equals("voting"))
                .count();
        long remaining = scheduler.lease().remainingNanos(BootClock.nanos()) / 1_000_000;
        return new ArbitrationView(
                mode,
                voting >= list.majority(),
                mode == ArbitrationView.Mode.MAJORITY && best.ready(),
                mode == ArbitrationView.Mode.MAJORITY ? best.members() : 0,
                remaining,
                arbiters,
                new ArbitrationView.ListView(
                        list.epoch(),
                        list.change().by(),
                        list.change().reason(),
                        list.change().atMillis(),
                        facts.arbitersInFile()));
    }

    private ArbitrationView.ArbiterView arbiter(String name) {
        var sight = scheduler.sight(name);
        var book = sight.voting() ? "voting" : sight.reachable() ? "refilling" : "unknown";
        return new ArbitrationView.ArbiterView(name, sight.reachable(), book);
    }

    @Override
    public List<MemberView> members() {
        var current = ring.get();
        var tasks = tasks();
        return current.view().members().stream()
                .map(member -> member(member, current, tasks))
                .toList();
    }

    private MemberView member(Member member, ClusterRing current, List<TaskView> tasks) {
        var metadata = member.metadata();
        return new MemberView(
                member.name(),
                member.name().equals(facts.node()),
                hex(member.bootId()),
                member.incarnation(),
                member.state().name(),
                metadata.participation().name(),
                member.address().getHostString() + ":" + member.address().getPort(),
                metadata.peerAddress(),
                metadata.adminAddress(),
                facts.arbiters().get().contains(member.name()),
                metadata.tags(),
                metadata.weightMilli(),
                metadata.softwareVersion(),
                current.isOnRing(member.name()) ? current.placement().loadOf(member.name()) : 0,
                member.state() == MemberState.DEAD || member.state() == MemberState.LEFT
                        ? 0
                        : (int) tasks.stream()
                                .filter(task -> task.runningOn().contains(member.name()))
                                .count());
    }

    @Override
    public List<Notice> hindrances() {
        return hindrances.get();
    }

    @Override
    public RingView ring() {
        return RingViews.of(ring.get());
    }

    @Override
    public List<TaskView> tasks() {
        var current = ring.get();
        Map<String, TaskReport> own = new TreeMap<>();
        reports.since(0).tasks().forEach(report -> own.put(report.task(), report));
        return files.own().tasks().stream()
                .map(task -> TaskViews.of(task, current, said(task.name(), own)))
                .toList();
    }

    private Map<String, TaskReport> said(String task, Map<String, TaskReport> own) {
        var said = new TreeMap<>(collector.of(task));
        var mine = own.get(task);
        if (mine != null) {
            said.put(facts.node(), mine);
        }
        return said;
    }

    @Override
    public List<DoubtView> doubts() {
        return Stream.concat(reports.doubts().stream(), collector.doubts().stream())
                .sorted(Comparator.comparing((DoubtView doubt) -> doubt.state() != RunState.HELD)
                        .thenComparing(DoubtView::intentAt))
                .toList();
    }

    @Override
    public List<RunView> runs(String task, int limit) {
        var runs = new ArrayList<>(scheduler.history().runs(task, limit, RunHistory.OUTPUT_CHARS));
        collector.of(task).values().forEach(report -> runs.addAll(report.runs()));
        runs.sort(Comparator.comparing(RunView::due).reversed());
        return List.copyOf(runs.subList(0, Math.min(limit, runs.size())));
    }

    @Override
    public Optional<WhyView> why(String task) {
        return Plans.why(ring.get(), task);
    }

    @Override
    public Optional<PlanView> planWithout(String node) {
        return Plans.without(ring.get(), node);
    }

    @Override
    public Optional<PlanView> planWith(String node) {
        return Plans.with(ring.get(), node);
    }

    @Override
    public Optional<PlanView> planWeight(String node, int weightMilli) {
        return Plans.weight(ring.get(), node, weightMilli);
    }

    @Override
    public FilePlanView planFile(FileOutline file) {
        return FilePlans.of(ring.get(), facts.node(), files.own(), file);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        collector.watch(1);
        return new Subscription() {
            private boolean closed;

            @Override
            public synchronized void close() {
                if (!closed) {
                    closed = true;
                    listeners.remove(listener);
                    collector.watch(-1);
                }
            }
        };
    }

    /**
     * Looks for copies that are one too many and has them stopped. To be called again and again, not only on news: the
     * last report may have come before the ring that makes a copy surplus.
     */
    public synchronized void stopSurplus() {
        var seen = SurplusWatch.surplus(scheduler.standings(), ring.get(), collector::of);
        var surplus = surplusWatch.confirmed(System.nanoTime(), seen);
        if (!surplus.isEmpty()) {
            scheduler.onSurplus(surplus);
        }
    }

    /** Something was reported by another member. */
    public void reported() {
        stopSurplus();
        changed();
    }

    /** Tells the listeners that something may have changed. */
    public void changed() {
        listeners.forEach(Runnable::run);
    }

    private static String hex(long value) {
        return String.format("%016x", value);
    }
}
