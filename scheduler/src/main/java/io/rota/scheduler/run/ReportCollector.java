package io.rota.scheduler.run;

import io.rota.membership.MembershipView;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.loop.Ticker;
import io.rota.scheduler.peer.NodeReport;
import io.rota.scheduler.peer.NodeReport.TaskReport;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.view.DoubtView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Asks the other live members what they run, often while somebody looks and once a second otherwise, and keeps their
 * latest word per task. Answers of a boot that is over are forgotten with it. Thread-safe.
 */
public final class ReportCollector implements AutoCloseable {
    private static final long TICK_MILLIS = 250;
    private static final int IDLE_TICKS = 4;
    /** Two calls that take all their time. */
    private static final long SILENT_NANOS = 4_000_000_000L;

    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);

    private final String self;
    private final PeerCalls peers;
    private final TaskFiles files;
    private final Consumer<NodeReport> onReport;
    private final Runnable onChange;
    private final Map<String, Heard> heard = new TreeMap<>();
    private final Ticker timer = new Ticker("reports", 1);

    private MembershipView view = new MembershipView(0, 0, List.of());
    private int watchers;
    private int ticks;

    /** What one boot of one member has said. */
    private static final class Heard {
        private final long bootId;
        private final Map<String, TaskReport> tasks = new HashMap<>();
        private TaskLocks.Status locks = new TaskLocks.Status(false, 0);
        private List<DoubtView> doubts = List.of();
        private long sequence;
        private boolean asking;
        private long heardNanos = System.nanoTime();
        private String refusal = "";

        Heard(long bootId) {
            this.bootId = bootId;
        }
    }

    /**
     * @param onReport told of every report of a node with the same task file: what another definition is due for is no
     *     help
     * @param onChange told when something has changed
     */
    public ReportCollector(
            String self, PeerCalls peers, TaskFiles files, Consumer<NodeReport> onReport, Runnable onChange) {
        this.files = files;
        this.onReport = onReport;
        this.self = self;
        this.peers = peers;
        this.onChange = onChange;
    }

    public void start() {
        timer.every(TICK_MILLIS, this::tick);
    }

    public synchronized void onView(MembershipView next) {
        view = next;
        heard.entrySet()
                .removeIf(entry -> next.live().stream()
                        .noneMatch(member ->
                                member.name().equals(entry.getKey()) && member.bootId() == entry.getValue().bootId));
    }

    synchronized void watch(int change) {
        watchers += change;
    }

    /** What each other live member last said about the task, by member name. */
    public synchronized Map<String, TaskReport> of(String task) {
        var found = new TreeMap<String, TaskReport>();
        heard.forEach((member, said) ->
                Optional.ofNullable(said.tasks.get(task)).ifPresent(report -> found.put(member, report)));
        return found;
    }

    /** Members that do not say where their tasks stand, with the reason: they refuse, or have not answered for a while. */
    synchronized Map<String, String> silent(long nowNanos) {
        var silent = new TreeMap<String, String>();
        heard.forEach((member, said) -> {
            if (!said.refusal.isEmpty()) {
                silent.put(member, said.refusal);
            } else if (nowNanos - said.heardNanos > SILENT_NANOS) {
                silent.put(member, "no answer from its peer port");
            }
        });
        return silent;
    }

    /** Runs in doubt that the other live members look into. */
    synchronized List<DoubtView> doubts() {
        return heard.values().stream().flatMap(said -> said.doubts.stream()).toList();
    }

    /** State of the lock service as the arbiters last reported it; not ready if none did. */
    public synchronized TaskLocks.Status locks() {
        return heard.values().stream()
                .map(said -> said.locks)
                .filter(TaskLocks.Status::ready)
                .findFirst()
                .orElse(new TaskLocks.Status(false, 0));
    }

    private synchronized void tick() {
        if (watchers > 0 || ++ticks % IDLE_TICKS == 0) {
            askAll();
        }
    }

    private void askAll() {
        for (var member : view.live()) {
            if (member.name().equals(self)) {
                continue;
            }
            var said = heard.computeIfAbsent(member.name(), name -> new Heard(member.bootId()));
            if (!said.asking) {
                said.asking = true;
                peers.ask(
                        member.name(),
                        new PeerRequest.AskReport(said.sequence),
                        CALL_LIMIT,
                        answer -> onAnswer(said, answer));
            }
        }
    }

    private void onAnswer(Heard said, Optional<PeerAnswer> answer) {
        boolean changed = false;
        if (answer.isPresent()
                && answer.get() instanceof PeerAnswer.Reported reported
                && isAlike(reported.report().node())) {
            onReport.accept(reported.report());
        }
        synchronized (this) {
            said.asking = false;
            answer.ifPresent(any -> said.heardNanos = System.nanoTime());
            said.refusal =
                    answer.isPresent() && answer.get() instanceof PeerAnswer.Refused refused ? refused.reason() : "";
            if (answer.isPresent() && answer.get() instanceof PeerAnswer.Reported reported) {
                changed = keep(said, reported.report());
            }
        }
        if (changed) {
            onChange.run();
        }
    }

    private synchronized boolean isAlike(String member) {
        return view.find(member)
                .map(found -> files.isOwn(found.metadata().configDigest()))
                .orElse(false);
    }

    private static boolean keep(Heard said, NodeReport report) {
        boolean changed =
                !report.tasks().isEmpty() || !said.locks.equals(report.locks()) || !said.doubts.equals(report.doubts());
        said.doubts = report.doubts();
        said.sequence = report.sequence();
        said.locks = report.locks();
        report.tasks().forEach(task -> said.tasks.put(task.task(), task));
        return changed;
    }

    @Override
    public void close() {
        timer.close();
    }
}
