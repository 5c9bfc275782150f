package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A guard in a JVM of its own, and what happens when that JVM dies. */
final class GuardProcessIT {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration WAIT = HeardReports.WAIT;

    private final HeardReports heard = new HeardReports();

    @Test
    void runsWhatItIsToldAndStopsIt() throws IOException {
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            guard.start(Orders.ring("r", Orders.RUNS_FOR_EVER));
            long pid = heard.pidOf("r");
            heard.waitForOutput("r", "up");

            guard.stop("r", 60_000);

            assertThat(heard.exitCodeOf("r")).isEqualTo(128 + 15);
            assertThat(Processes.isUp(pid)).isFalse();
        }
    }

    @Test
    void exclusiveRunsNeedALeaseThatTheGuardsOwnStampBegan() throws IOException {
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            await().atMost(WAIT).until(() -> guard.latestStamp() != Guard.NO_STAMP);

            guard.start(Orders.exclusive("too-early", "exit 0"));
            guard.leaseHeld(guard.latestStamp());
            guard.start(Orders.exclusive("in-time", "exit 0"));

            assertThat(heard.reasonOf("too-early")).contains("lease is over");
            assertThat(heard.exitCodeOf("in-time")).isZero();
        }
    }

    @Test
    void closingEndsTheGuardAndAllThatRuns() throws IOException {
        long guardPid;
        long taskPid;
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            guard.start(Orders.ring("r", Orders.IGNORES_TERM));
            taskPid = heard.pidOf("r");
            guardPid = guard.pid();
        }

        assertThat(Processes.isUp(taskPid)).isFalse();
        assertThat(Processes.isUp(guardPid)).isFalse();
        assertThat(heard.lost()).isEmpty();
    }

    @Test
    void processOfAKilledGuardIsGoneBeforeItIsReportedLost() throws IOException {
        var upWhenLost = new ConcurrentHashMap<String, Boolean>();
        var pids = new ConcurrentHashMap<String, Long>();
        var listener = new Guard.Listener() {
            @Override
            public void onReport(GuardReport report) {
                heard.onReport(report);
            }

            @Override
            public void onGuardLost(String runId) {
                upWhenLost.put(runId, Processes.isUp(pids.getOrDefault(runId, 1L)));
                heard.onGuardLost(runId);
            }
        };
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), listener)) {
            guard.start(Orders.ring("escaped", Orders.HAS_ESCAPED_GRANDCHILD));
            guard.start(Orders.ring("ended", "exit 0"));
            heard.exitCodeOf("ended");
            pids.put("escaped", heard.grandchildOf("escaped"));

            kill(guard.pid());

            await().atMost(WAIT).until(() -> heard.lost().equals(List.of("escaped")));
            assertThat(upWhenLost).containsExactly(Map.entry("escaped", false));
            assertThat(Processes.isUp(heard.pidOf("escaped"))).isFalse();
        }
    }

    @Test
    void newGuardTakesTheKilledOnesPlace() throws IOException {
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            guard.start(Orders.ring("before", Orders.RUNS_FOR_EVER));
            heard.waitForOutput("before", "up");
            long first = guard.pid();

            kill(first);
            await().atMost(WAIT).until(() -> !heard.lost().isEmpty());
            guard.start(Orders.ring("after", "echo again"));

            assertThat(heard.exitCodeOf("after")).isZero();
            assertThat(heard.outputOf("after")).isEqualTo("again\n");
            assertThat(guard.pid()).isNotEqualTo(first);
            await().atMost(WAIT).until(() -> guard.latestStamp() != Guard.NO_STAMP);
        }
    }

    @Test
    void aFrozenGuardIsReplacedWithAllThatItRan() throws IOException {
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            guard.start(Orders.ring("before", Orders.HAS_HIDDEN_GRANDCHILD));
            heard.waitForOutput("before", "up");
            await().atMost(WAIT).until(() -> guard.latestStamp() != Guard.NO_STAMP);
            long first = guard.pid();
            long task = heard.pidOf("before");
            long grandchild = heard.grandchildOf("before");

            Processes.signal("STOP", first);
            await().atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Stream.of(first, task, grandchild).noneMatch(Processes::isUp));

            await().atMost(WAIT).until(() -> heard.lost().contains("before"));
            guard.start(Orders.ring("after", "echo again"));
            assertThat(heard.exitCodeOf("after")).isZero();
        }
    }

    @Test
    void aProcessWithoutItsMarkIsFoundByItsGroupWhenTheGuardIsKilled() throws IOException {
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            guard.start(Orders.ring("before", "env -i /bin/sleep 86393 & echo up; wait"));
            heard.waitForOutput("before", "up");
            await().atMost(WAIT).until(() -> sleepers() == 1);

            kill(guard.pid());
            await().atMost(WAIT).until(() -> heard.lost().contains("before"));

            assertThat(sleepers()).isZero();
        }
    }

    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("/bin/sleep 86393"))
                .count();
    }

    @Test
    void newGuardHoldsNoLeaseOfTheOld() throws IOException {
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            await().atMost(WAIT).until(() -> guard.latestStamp() != Guard.NO_STAMP);
            guard.leaseHeld(guard.latestStamp());
            guard.start(Orders.exclusive("before", Orders.RUNS_FOR_EVER));
            heard.waitForOutput("before", "up");

            kill(guard.pid());
            await().atMost(WAIT).until(() -> !heard.lost().isEmpty());
            guard.start(Orders.exclusive("after", "exit 0"));

            assertThat(heard.reasonOf("after")).contains("lease is over");
        }
    }

    @Test
    void kernelKillsTheDirectChildWithTheGuard() throws IOException {
        assumeThat(Programs.find("setpriv", Path.of("/"), "/usr/bin:/bin"))
                .as("setpriv of util-linux")
                .isPresent();
        // No node stands beside this guard that could clean up after it.
        var guard = new ProcessBuilder(GuardMain.command(LEASE))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new DataOutputStream(guard.getOutputStream());
        var in = new DataInputStream(new BufferedInputStream(guard.getInputStream()));
        GuardCodec.write(out, Orders.ring("r", Orders.IGNORES_TERM));
        GuardReport report;
        do {
            report = GuardCodec.readReport(in);
        } while (!(report instanceof GuardReport.Started));
        long pid = ((GuardReport.Started) report).pid();
        assertThat(Processes.isUp(pid)).isTrue();

        guard.destroyForcibly();

        await().atMost(WAIT).until(() -> !Processes.isUp(pid));
    }

    @Test
    void listenerThatFailsOnceHearsTheRest() throws IOException {
        var count = new AtomicInteger();
        var listener = new Guard.Listener() {
            @Override
            public void onReport(GuardReport report) {
                if (report instanceof GuardReport.Started started && count.getAndIncrement() == 0) {
                    // By now the output and the end wait in the pipe, and are read from it in one piece.
                    await().pollDelay(Duration.ofMillis(500)).atMost(WAIT).until(() -> !Processes.isUp(started.pid()));
                } else if (report instanceof GuardReport.Output) {
                    throw new IllegalStateException("planted");
                }
                heard.onReport(report);
            }

            @Override
            public void onGuardLost(String runId) {
                heard.onGuardLost(runId);
            }
        };
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), listener)) {
            guard.start(Orders.ring("r", "echo one; exit 4"));

            assertThat(heard.exitCodeOf("r")).isEqualTo(4);
            assertThat(heard.lost()).isEmpty();
        }
    }

    @Test
    void guardThatDiesWhileItIsClosedIsNotStartedAgain() throws IOException {
        try (var guard = new GuardProcess(GuardMain.command(LEASE), Map.of(), heard)) {
            kill(guard.pid());
            var unused =
                    ProcessHandle.of(guard.pid()).map(ProcessHandle::onExit).map(exit -> exit.join());
        }

        await().during(Duration.ofSeconds(2))
                .atMost(WAIT)
                .until(() -> ProcessHandle.current().children().noneMatch(GuardProcessIT::isGuard));
    }

    private static boolean isGuard(ProcessHandle process) {
        return Processes.isUp(process.pid())
                && process.info().commandLine().orElse("").contains(GuardMain.class.getName());
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
