package io.rota.scheduler.run;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.scheduler.run.OrphanDetector.Alarm;
import io.rota.scheduler.run.OrphanDetector.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around the {@link OrphanDetector}: looks at what the nodes say, keeps the alarms for the page, and calls a
 * person by the log. Every node looks; the first by name of those that take part calls, and each calls for itself, so
 * that one fault is one line a minute in the cluster. Thread-safe.
 */
public final class TaskAlarms {
    /** How often to look: with the age of a report and the grace it makes less than 5 s. */
    public static final long LOOK_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(TaskAlarms.class);
    private static final int NAMES_SHOWN = 8;

    private final String self;
    private final Scheduler scheduler;
    private final ReportCollector collector;
    private final TaskFiles files;
    private final Supplier<ClusterRing> ring;
    private final OrphanDetector detector;
    private volatile List<Alarm> current = List.of();

    public TaskAlarms(
            String self, Scheduler scheduler, ReportCollector collector, TaskFiles files, Supplier<ClusterRing> ring) {
        this(self, scheduler, collector, files, ring, new OrphanDetector(System.nanoTime()));
    }

    TaskAlarms(
            String self,
            Scheduler scheduler,
            ReportCollector collector,
            TaskFiles files,
            Supplier<ClusterRing> ring,
            OrphanDetector detector) {
        this.self = self;
        this.scheduler = scheduler;
        this.collector = collector;
        this.files = files;
        this.ring = ring;
        this.detector = detector;
    }

    /** The alarms that are on. */
    List<Alarm> current() {
        return current;
    }

    /** Looks once; to be called every {@link #LOOK_MILLIS}, not on the scheduler's thread, which may be what hangs. */
    public synchronized void look() {
        long now = System.nanoTime();
        var cluster = ring.get();
        var silent = silent(cluster, now);
        var look = detector.look(now, sights(cluster), silent);
        current = look.current();
        boolean caller = isCaller(cluster, silent);
        tell(
                look.called(),
                caller,
                group -> LOG.error(
                        "{} about={} count={} for_s={} reason=\"{}\"",
                        words(group.get(0).kind()),
                        names(group),
                        group.size(),
                        (now - group.get(0).sinceNanos()) / 1_000_000_000L,
                        group.get(0).reason()));
        tell(
                look.over(),
                caller,
                group -> LOG.info(
                        "over: {} about={} count={} after_s={}",
                        words(group.get(0).kind()),
                        names(group),
                        group.size(),
                        (now - group.get(0).sinceNanos()) / 1_000_000_000L));
    }

    private Map<String, String> silent(ClusterRing cluster, long now) {
        var alive = cluster.view().live().stream()
                .filter(member -> member.state() == MemberState.ALIVE)
                .map(Member::name)
                .collect(Collectors.toSet());
        var silent = new TreeMap<>(collector.silent(now));
        silent.keySet().retainAll(alive);
        scheduler.stall().ifPresent(reason -> silent.put(self, reason));
        return silent;
    }

    private List<OrphanDetector.Sight> sights(ClusterRing cluster) {
        var standings = new TreeMap<String, OrphanDetector.Said>();
        scheduler
                .standings()
                .forEach(standing -> standings.put(
                        standing.task().name(), new OrphanDetector.Said(Reports.state(standing), standing.reason())));
        var sights = new ArrayList<OrphanDetector.Sight>();
        for (var task : files.own().tasks()) {
            if (!cluster.inForce().tasks().containsKey(task.name())) {
                continue;
            }
            var said = new TreeMap<String, OrphanDetector.Said>();
            collector
                    .of(task.name())
                    .forEach(
                            (node, report) -> said.put(node, new OrphanDetector.Said(report.state(), report.reason())));
            var own = standings.get(task.name());
            if (own != null) {
                said.put(self, own);
            }
            var owner = cluster.placement().ownerOf(task.name()).orElse("");
            sights.add(new OrphanDetector.Sight(task, owner, said));
        }
        return sights;
    }

    /** The first by name of those that take part, hold the file in force and are not silent themselves. */
    private boolean isCaller(ClusterRing cluster, Map<String, String> silent) {
        return cluster.view().live().stream()
                .filter(member -> member.state() == MemberState.ALIVE && !silent.containsKey(member.name()))
                .filter(member -> member.metadata().participation() == Participation.ACTIVE)
                .filter(member ->
                        member.metadata().configDigest() == cluster.inForce().digest())
                .map(Member::name)
                .min(Comparator.naturalOrder())
                .filter(self::equals)
                .isPresent();
    }

    /** Those of one kind and reason in one go: without a quorum hundreds of tasks have the same. */
    private void tell(List<Alarm> alarms, boolean caller, Consumer<List<Alarm>> teller) {
        alarms.stream()
                .filter(alarm -> caller || alarm.about().equals(self))
                .collect(Collectors.groupingBy(
                        alarm -> alarm.kind() + alarm.reason(), TreeMap::new, Collectors.toList()))
                .values()
                .forEach(teller);
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case RUNS_NOWHERE -> "a task that should run runs nowhere";
            case RUNS_TWICE -> "a task runs twice";
            case NODE_SILENT -> "a node does not say where its tasks stand";
        };
    }

    private static String names(List<Alarm> group) {
        var shown = group.stream().limit(NAMES_SHOWN).map(Alarm::about).collect(Collectors.joining(","));
        return group.size() > NAMES_SHOWN ? shown + ",..." : shown;
    }
}
