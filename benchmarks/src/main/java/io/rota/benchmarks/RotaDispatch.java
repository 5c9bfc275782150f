package io.rota.benchmarks;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.Work;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.guard.Guard;
import io.rota.scheduler.guard.GuardProcess;
import io.rota.scheduler.guard.GuardReport;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.run.ClusterRing;
import io.rota.scheduler.run.Scheduler;
import io.rota.scheduler.run.SchedulerSetup;
import io.rota.scheduler.run.TaskFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;

/** A node's scheduler with its guard, alone on its ring, at level ring; records and files as in production. */
final class RotaDispatch implements DispatchBench.Dispatch {
    private static final Schedule OFTEN = new Schedule.Every(Duration.ofMillis(100));
    private static final String NODE = "n1";

    private final Scheduler scheduler;

    private RotaDispatch(Path dataDir, List<TaskDefinition> tasks) {
        PeerCalls nobody = (member, request, limit, onAnswer) -> onAnswer.accept(Optional.empty());
        var file = new TaskFile(0, tasks);
        var arbiters = new KnownArbiters(NODE, ArbiterList.configured(List.of(NODE)), nobody);
        var setup = new SchedulerSetup(
                NODE, 1, file, arbiters, nobody, Slots.UNLIMITED, dataDir, dataDir, List.of("false"));
        scheduler = new Scheduler(setup, RotaDispatch::guard, () -> {});
        scheduler.start();
        var self = new Member(
                NODE,
                1,
                1,
                MemberState.ALIVE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700),
                MemberMetadata.empty().with(Participation.ACTIVE));
        var files = new TaskFiles(NODE, file, () -> {});
        scheduler.onRing(ClusterRing.of(new MembershipView(1, 1, List.of(self)), files), files.ownOutlines());
    }

    static DispatchBench.Start ofJava(Path dir, int count) {
        return () -> new RotaDispatch(
                dir, tasks(count, new Work.Java(NoOp.class.getName(), jar(dir).toString(), new TreeMap<>())));
    }

    static DispatchBench.Start ofProcesses(Path dir, int count) {
        return () -> new RotaDispatch(dir, tasks(count, new Work.Command(List.of("true"), "", new TreeMap<>())));
    }

    private static List<TaskDefinition> tasks(int count, Work work) {
        return IntStream.range(0, count)
                .mapToObj(i -> TaskDefinition.of("task-" + i, work, OFTEN))
                .toList();
    }

    /** A plug-in JAR with {@link NoOp} in it. */
    private static Path jar(Path dir) throws IOException {
        Files.createDirectories(dir);
        var jar = dir.resolve("noop.jar");
        var file = NoOp.class.getName().replace('.', '/') + ".class";
        try (var in = NoOp.class.getClassLoader().getResourceAsStream(file);
                var out = new JarOutputStream(Files.newOutputStream(jar))) {
            if (in == null) {
                throw new IOException(file + " is not on the class path");
            }
            out.putNextEntry(new JarEntry(file));
            in.transferTo(out);
        }
        return jar;
    }

    private static GuardProcess guard(Guard.Listener ears) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            return new GuardProcess(
                    List.of(
                            java,
                            "-Xmx64m",
                            "-Xss512k",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            GuardMain.class.getName()),
                    Map.of(),
                    counting(ears));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts the processes that the guard reports as ended well; a Java task counts itself. */
    private static Guard.Listener counting(Guard.Listener ears) {
        return new Guard.Listener() {
            @Override
            public void onReport(GuardReport report) {
                if (report instanceof GuardReport.Ended ended && ended.exitCode() == 0) {
                    NoOp.ended().incrementAndGet();
                }
                ears.onReport(report);
            }

            @Override
            public void onGuardLost(String runId) {
                ears.onGuardLost(runId);
            }
        };
    }

    @Override
    public long ended() {
        return NoOp.ended().get();
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
