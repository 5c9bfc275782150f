package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.guard.Guard;
import io.rota.scheduler.guard.GuardCommand;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose scheduler thread stands still, while all else of it answers, is named within 5 s. */
class EngineHangIT {
    private static final TaskFile FILE = new TaskFile(0, List.of(Tasks.service("a")));

    private static final KnownArbiters NOBODY = arbiters("n2", EngineHangIT::nobodyAnswers);

    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hanging;

    @TempDir
    private Path directory;

    /** Calls that keep the thread which makes them, once they are told to: the scheduler's own. */
    private void keepTheCaller(
            String member, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        if (hanging) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        onAnswer.accept(Optional.empty());
    }

    private static void nobodyAnswers(
            String member, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        onAnswer.accept(Optional.empty());
    }

    /** Starts nothing. */
    private static final class IdleGuard implements Guard {
        @Override
        public void start(GuardCommand.Start order) {}

        @Override
        public void stop(String runId, long graceMillis) {}

        @Override
        public long latestStamp() {
            return 1;
        }

        @Override
        public void leaseHeld(long stampNanos) {}

        @Override
        public boolean knowsLease() {
            return true;
        }

        @Override
        public void peers(Map<String, String> addresses) {}

        @Override
        public void close() {}
    }

    private static final class NeverDrained implements DrainOrders.Switch {
        @Override
        public boolean isDraining() {
            return false;
        }

        @Override
        public Optional<String> drain(boolean on) {
            return Optional.of("not here");
        }
    }

    private static KnownArbiters arbiters(String node, PeerCalls peers) {
        return new KnownArbiters(node, ArbiterList.first(List.of("n1")), peers);
    }

    private Scheduler scheduler(String node, PeerCalls peers) {
        var data = directory.resolve(node);
        var setup = new SchedulerSetup(
                node, 1, FILE, arbiters(node, peers), peers, Slots.UNLIMITED, data, data, List.of("false"));
        return new Scheduler(setup, ears -> new IdleGuard(), () -> {});
    }

    @Test
    void anEngineThatHangsIsNamedWithinFiveSeconds() {
        var ring = ClusterRings.of(List.of("n1", "n2"), FILE.tasks());
        var files = new TaskFiles("n1", FILE, () -> {});
        try (var hung = scheduler("n2", this::keepTheCaller);
                var sound = scheduler("n1", EngineHangIT::nobodyAnswers);
                var orders = new RunOrders(FILE::tasks, EngineHangIT::nobodyAnswers, () -> ring);
                var changes = new ArbiterChanges("n2/1", NOBODY, Set::of)) {
            var drains = new DrainOrders(
                    "n2", EngineHangIT::nobodyAnswers, () -> ring, DrainOrders.Busy.of(hung), new NeverDrained());
            var commands = new NodeCommands(orders, hung, changes, drains, CompletableFuture::new);
            var reports = new Reports("n2", hung, () -> new TaskLocks.Status(false, 0));
            var handler = new NodeHandler(
                    "n2",
                    hung,
                    reports,
                    files,
                    commands,
                    new NodeHandler.Arbitration(NOBODY, Optional::empty),
                    word -> {});
            PeerCalls toHung = (member, request, limit, onAnswer) -> {
                var unused = CompletableFuture.runAsync(() -> onAnswer.accept(Optional.of(handler.handle(request))));
            };
            try (var collector = new ReportCollector("n1", toHung, files, report -> {}, () -> {})) {
                var detector = new OrphanDetector(System.nanoTime() - OrphanDetector.START_NANOS);
                var alarms = new TaskAlarms("n1", sound, collector, files, () -> ring, detector);
                hung.start();
                sound.start();
                hung.onRing(ring, FILE.outlines());
                collector.onView(ring.view());
                collector.start();
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> !collector.of("a").isEmpty());
                alarms.look();
                assertThat(alarms.current()).isEmpty();

                hanging = true;

                await().pollInterval(Duration.ofMillis(TaskAlarms.LOOK_MILLIS))
                        .atMost(Duration.ofSeconds(5))
                        .untilAsserted(() -> {
                            alarms.look();
                            assertThat(alarms.current())
                                    .filteredOn(alarm -> alarm.kind() == OrphanDetector.Kind.NODE_SILENT)
                                    .allSatisfy(alarm ->
                                            assertThat(alarm.reason()).startsWith("its scheduler has not moved for"))
                                    .extracting(OrphanDetector.Alarm::about)
                                    .containsExactly("n2");
                        });
            } finally {
                released.countDown();
            }
        }
    }
}
