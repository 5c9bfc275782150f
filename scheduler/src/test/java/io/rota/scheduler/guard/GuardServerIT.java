package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes under a guard that is served in a thread of the test. */
final class GuardServerIT {
    private static final Duration LEASE = Duration.ofSeconds(2);
    /** What a busy machine may add to any limit. */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServedGuard guard = new ServedGuard(LEASE, Hold.GROUP);
    private final HeardReports heard = guard.heard();

    GuardServerIT() throws IOException {}

    @AfterEach
    void endGuard() throws IOException {
        guard.close();
    }

    // ---- start and end

    @Test
    void runIsReportedFromStartToEnd() {
        guard.send(Orders.ring("r", "echo out; echo err >&2; exit 3"));

        assertThat(heard.pidOf("r")).isPositive();
        assertThat(heard.exitCodeOf("r")).isEqualTo(3);
        assertThat(heard.outputOf("r")).contains("out\n").contains("err\n");
    }

    @Test
    void reportedProcessIdIsThatOfTheTask() {
        guard.send(Orders.ring("r", "echo pid $$.; exec sleep 300"));

        heard.waitForOutput("r", "pid " + heard.pidOf("r") + ".");
    }

    @Test
    void taskSeesItsOwnEnvironmentAndDirectoryOnly(@TempDir Path dir) throws IOException {
        var order = Orders.order("r", List.of("/bin/sh", "-c", "pwd; env"), dir.toString(), false);

        guard.send(order);

        heard.exitCodeOf("r");
        assertThat(heard.outputOf("r").lines())
                .contains(dir.toRealPath().toString(), order.mark())
                .allMatch(line -> line.startsWith("/")
                        || order.environment().containsKey(line.substring(0, line.indexOf('=')))
                        // The shell's own.
                        || line.matches("(PWD|OLDPWD|SHLVL|_)=.*"));
    }

    @Test
    void missingProgramIsSaidToBeMissing() {
        guard.send(Orders.order("r", List.of("no-such-program", "x"), "", false));

        assertThat(heard.reasonOf("r"))
                .contains("program no-such-program was not found")
                .contains("PATH /usr/local/bin:/usr/bin:/bin");
    }

    @Test
    void fileThatIsNotExecutableIsSaidToBeNone(@TempDir Path dir) throws IOException {
        Files.writeString(dir.resolve("script.sh"), "#!/bin/sh\n");

        guard.send(Orders.order("r", List.of("./script.sh"), dir.toString(), false));

        assertThat(heard.reasonOf("r")).contains("./script.sh").contains("not executable");
    }

    @Test
    void missingDirectoryIsSaidToBeMissing(@TempDir Path dir) {
        guard.send(Orders.order("r", List.of("/bin/true"), dir.resolve("gone").toString(), false));

        assertThat(heard.reasonOf("r")).isEqualTo("working directory " + dir.resolve("gone") + " does not exist");
    }

    @Test
    void failedStartHarmsNothingElse() {
        guard.send(Orders.order("bad", List.of("no-such-program"), "", false));
        guard.send(Orders.ring("good", "echo fine"));

        assertThat(heard.exitCodeOf("good")).isZero();
    }

    @Test
    void orderThatTheSystemCannotTakeHarmsNothingElse() {
        guard.send(Orders.ring("running", Orders.RUNS_FOR_EVER));
        guard.send(new GuardCommand.Start("variable", List.of("/bin/true"), "", Map.of("A=B", "x"), false));
        guard.send(new GuardCommand.Start("value", List.of("/bin/true"), "", Map.of("A", "x\0y"), false));
        guard.send(Orders.order("program", List.of("tr\0ue"), "", false));
        guard.send(Orders.order("argument", List.of("/bin/true", "\0"), "", false));
        guard.send(Orders.order("directory", List.of("/bin/true"), "/\0", false));

        assertThat(heard.reasonOf("variable")).contains("A=B");
        assertThat(heard.reasonOf("value")).contains("x\0y");
        assertThat(heard.reasonOf("program")).contains("Nul character");
        assertThat(heard.reasonOf("argument")).contains("null character");
        assertThat(heard.reasonOf("directory")).contains("does not exist");
        assertThat(Processes.isUp(heard.pidOf("running"))).isTrue();
        assertThat(guard.end()).isNotDone();
    }

    // ---- stop

    @Test
    void stopAsksFirst() {
        guard.send(Orders.ring("r", "trap 'echo bye; exit 7' TERM; " + Orders.RUNS_FOR_EVER));
        heard.waitForOutput("r", "up");
        long asked = System.nanoTime();

        guard.send(new GuardCommand.Stop("r", 60_000));

        assertThat(heard.exitCodeOf("r")).isEqualTo(7);
        assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(30));
        assertThat(heard.outputOf("r")).contains("bye");
    }

    @Test
    void stopKillsWhatIgnoresTermAfterTheGracePeriodAndNotBefore() {
        guard.send(Orders.ring("r", Orders.IGNORES_TERM));
        heard.waitForOutput("r", "up");
        long asked = System.nanoTime();

        guard.send(new GuardCommand.Stop("r", 800));

        assertThat(heard.exitCodeOf("r")).isEqualTo(128 + 9);
        assertThat(System.nanoTime() - asked).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(800));
        assertThat(Processes.isUp(heard.pidOf("r"))).isFalse();
    }

    @Test
    void grandchildInASessionOfItsOwnIsGoneBeforeTheEndIsReported() {
        guard.send(Orders.ring("r", Orders.HAS_ESCAPED_GRANDCHILD));
        long grandchild = heard.grandchildOf("r");

        guard.send(new GuardCommand.Stop("r", 60_000));

        heard.exitCodeOf("r");
        assertThat(Processes.isUp(grandchild)).isFalse();
    }

    @Test
    void whatARunLeavesBehindIsGoneBeforeItsEndIsReported() {
        guard.send(Orders.ring("r", "setsid sh -c 'echo grandchild $$.; exec sleep 300' & sleep 0.3; exit 5"));
        long grandchild = heard.grandchildOf("r");

        assertThat(heard.exitCodeOf("r")).isEqualTo(5);
        assertThat(Processes.isUp(grandchild)).isFalse();
    }

    @Test
    void stopOfAnUnknownRunHarmsNothing() {
        guard.send(new GuardCommand.Stop("nobody", 0));
        guard.send(Orders.ring("r", "exit 0"));

        assertThat(heard.exitCodeOf("r")).isZero();
    }

    // ---- the lease

    @Test
    void exclusiveStartWithoutALeaseIsRefused() {
        guard.send(Orders.exclusive("r", Orders.RUNS_FOR_EVER));

        assertThat(heard.reasonOf("r")).isEqualTo("the node's lease is over");
    }

    @Test
    void exclusiveProcessLivesAsLongAsTheLeaseAndNoLonger() {
        long stamp = guard.grantLease();
        guard.send(Orders.exclusive("r", Orders.IGNORES_TERM));
        long pid = heard.pidOf("r");

        // Renewed for longer than one lease lasts, it lives on.
        while (System.nanoTime() - stamp < LEASE.toNanos() * 2) {
            long last = guard.grantLease();
            await().atMost(LEASE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> System.nanoTime() - last > TimeUnit.MILLISECONDS.toNanos(500));
            assertThat(Processes.isUp(pid)).isTrue();
        }

        long last = guard.grantLease();
        await().atMost(HeardReports.WAIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !Processes.isUp(pid));
        assertThat(System.nanoTime() - last)
                .isGreaterThanOrEqualTo(LEASE.toNanos() - GuardServer.KILL_MARGIN_NANOS)
                .isLessThan(LEASE.toNanos() + SLACK_NANOS);
        assertThat(heard.exitCodeOf("r")).isEqualTo(128 + 9);
    }

    @Test
    void manyExclusiveProcessesEndTogetherWhenTheLeaseEnds() {
        guard.grantLease();
        var runs = IntStream.range(0, 40).mapToObj(i -> "r" + i).toList();
        runs.forEach(run -> guard.send(Orders.exclusive(run, "exec sleep 300")));
        var pids = runs.stream().map(heard::pidOf).toList();

        await().atMost(HeardReports.WAIT).until(() -> pids.stream().anyMatch(pid -> !Processes.isUp(pid)));
        long first = System.nanoTime();
        await().atMost(HeardReports.WAIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> pids.stream().noneMatch(Processes::isUp));
        long last = System.nanoTime();
        assertThat(last - first).isLessThan(GuardServer.KILL_MARGIN_NANOS);
    }

    @Test
    void ringProcessOutlivesTheLease() {
        long stamp = guard.grantLease();
        guard.send(Orders.exclusive("bound", "exec sleep 300"));
        guard.send(Orders.ring("free", "exec sleep 300"));
        long pid = heard.pidOf("free");

        heard.exitCodeOf("bound");

        await().atMost(HeardReports.WAIT).until(() -> System.nanoTime() - stamp > LEASE.toNanos());
        assertThat(Processes.isUp(pid)).isTrue();
        assertThat(heard.hasEnded("free")).isFalse();
    }

    @Test
    void suspendedMachineEndsTheLeaseAllTheSame() {
        guard.grantLease();
        guard.send(Orders.exclusive("r", Orders.IGNORES_TERM));
        long pid = heard.pidOf("r");

        guard.suspend(LEASE);
        guard.send(Orders.exclusive("late", "exit 0"));

        assertThat(heard.reasonOf("late")).isEqualTo("the node's lease is over");
        await().atMost(Duration.ofMillis(500)).until(() -> !Processes.isUp(pid));
    }

    @Test
    void leaseEndsAlsoWhenNobodyReadsTheReports() {
        guard.grantLease();
        guard.send(Orders.exclusive("r", Orders.IGNORES_TERM));
        guard.send(Orders.ring("floods", "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done"));
        long pid = heard.pidOf("r");
        heard.waitForOutput("floods", "x");

        guard.stopReading();

        // Main thread, stamps and pumps all wait for the pipe by now; the end of the lease does not.
        await().atMost(LEASE.plusSeconds(1)).until(() -> !Processes.isUp(pid));
        guard.readOn();
    }

    // ---- the end of the node

    @Test
    void endOfThePipeEndsEverything() throws IOException {
        guard.grantLease();
        guard.send(Orders.ring("ring", Orders.IGNORES_TERM));
        guard.send(Orders.exclusive("exclusive", Orders.IGNORES_TERM));
        guard.send(Orders.ring("escaped", Orders.HAS_ESCAPED_GRANDCHILD));
        var pids = LongStream.of(
                        heard.pidOf("ring"),
                        heard.pidOf("exclusive"),
                        heard.pidOf("escaped"),
                        heard.grandchildOf("escaped"))
                .boxed()
                .toList();
        assertThat(pids).allMatch(Processes::isUp);

        guard.endPipe();

        assertThat(guard.end()).succeedsWithin(HeardReports.WAIT).isEqualTo(GuardServer.End.NODE_GONE);
        assertThat(pids).noneMatch(Processes::isUp);
    }

    @Test
    void farewellEndsWhatIsLeftAndSaysSo() {
        guard.send(Orders.ring("r", Orders.IGNORES_TERM));
        long pid = heard.pidOf("r");

        guard.send(new GuardCommand.Farewell());

        assertThat(guard.end()).succeedsWithin(HeardReports.WAIT).isEqualTo(GuardServer.End.FAREWELL);
        assertThat(Processes.isUp(pid)).isFalse();
    }
}
