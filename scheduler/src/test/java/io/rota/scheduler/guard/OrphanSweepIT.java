package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.rota.scheduler.arbitration.DeathWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a guard left running is ended by the next before it starts anything, and nobody else is hit. */
final class OrphanSweepIT {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final DeathWord OVER = new DeathWord(GuardMain.NODE, 1);

    @TempDir
    private Path dir = Path.of("");

    private final List<Process> strangers = new ArrayList<>();

    @AfterEach
    void endStrangers() {
        strangers.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        strangers.forEach(Process::destroyForcibly);
    }

    // ---- what is left of a guard that was killed together with its leash

    @ParameterizedTest
    @EnumSource
    void nextBootEndsOrphansBeforeItTakesOrdersAndSignsForTheEarlierBoot(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        long orphan = orphanOf("1", Processes.ofSomebodyGone(), hold);

        try (var next = new LoneGuard(LEASE, dir, "2", ProcessHandle.current().pid(), hold)) {
            next.awaitReady();

            assertThat(Processes.isUp(orphan)).isFalse();
            assertThat(dir.resolve("over-1")).hasContent(GuardMain.NODE);
            assertThat(dir.resolve("1")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nextGuardOfTheSameBootEndsOrphansAndSignsNothing(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        long node = ProcessHandle.current().pid();
        long orphan = orphanOf("1", node, hold);

        try (var next = new LoneGuard(LEASE, dir, "1", node, hold)) {
            next.awaitReady();

            assertThat(Processes.isUp(orphan)).isFalse();
            assertThat(dir.resolve("over-1")).doesNotExist();
        }
    }

    @Test
    void frozenGuardOfAnEarlierBootIsKilledAndItsTasksWithIt() throws IOException {
        try (var old = new LoneGuard(LEASE, dir, "1", Processes.ofSomebodyGone(), Hold.GROUP)) {
            old.send(Orders.ring("r", Orders.IGNORES_TERM));
            long task = old.heard().pidOf("r");
            Processes.signal("STOP", old.leash());
            Processes.signal("STOP", old.pid());

            assertThat(sweepFor("2")).containsExactly(OVER);

            assertThat(Processes.isUp(old.pid())).isFalse();
            assertThat(Processes.isUp(task)).isFalse();
        }
    }

    @Test
    void nodeThatIsAliveIsLetBe() throws IOException {
        long orphan = orphanOf("1", ProcessHandle.current().pid(), Hold.MARK);

        assertThat(sweepFor("2")).isEmpty();

        assertThat(Processes.isUp(orphan)).isTrue();
        Processes.signal("KILL", orphan);
    }

    // ---- lists that speak of others by now

    @Test
    void numberThatWasGivenOutAgainIsNotHit() throws IOException {
        long stranger = stranger("exec setsid sleep 300");
        list(
                head(BootHead.thisMachine()),
                new ProcessId(stranger, ProcessId.of(stranger).startTicks() - 1));

        assertThat(sweepFor("2")).containsExactly(OVER);

        assertThat(Processes.isUp(stranger)).isTrue();
    }

    @Test
    void groupWhoseLeaderIsGoneMayBeAnybodysSoThatNothingIsSigned() throws IOException {
        // The leader ends; its group lives on in the sleeper.
        var process = process("exec setsid sh -c 'sleep 300 & echo $!; exit 0'");
        long sleeper = Long.parseLong(process.inputReader().readLine());
        await().atMost(HeardReports.WAIT).until(() -> !process.isAlive());
        list(head(BootHead.thisMachine()), new ProcessId(process.pid(), 1));

        assertThat(sweepFor("2")).isEmpty();

        assertThat(Processes.isUp(sleeper)).isTrue();
        Processes.signal("KILL", sleeper);
    }

    @Test
    void listOfAnotherBootOfTheMachineHitsNobodySignsNothingAndGoes() throws IOException {
        long stranger = stranger("exec setsid sleep 300");
        list(head("another boot"), ProcessId.of(stranger));

        assertThat(sweepFor("2")).isEmpty();

        assertThat(Processes.isUp(stranger)).isTrue();
        assertThat(dir.resolve("1")).doesNotExist();
    }

    @Test
    void listWithoutAHeadIsOfAGuardThatHadStartedNothing() throws IOException {
        Files.createDirectory(dir.resolve("1"));

        assertThat(sweepFor("2")).isEmpty();
        assertThat(dir.resolve("1")).doesNotExist();
    }

    @Test
    void tornHeadSignsNothingAndDoesNotStopTheGuard() throws IOException {
        Files.createDirectory(dir.resolve("1"));
        Files.writeString(dir.resolve("1").resolve("head"), "machine=x\nguard=1 notanumber\n");

        assertThat(sweepFor("2")).isEmpty();
    }

    @Test
    void tornEntryOfALivingProcessSignsNothing() throws IOException {
        long stranger = stranger("exec setsid sleep 300");
        list(head(BootHead.thisMachine()), ProcessId.of(stranger));
        Files.writeString(dir.resolve("1").resolve(Long.toString(stranger)), "");

        assertThat(sweepFor("2")).isEmpty();
        assertThat(Processes.isUp(stranger)).isTrue();
    }

    // ---- tools

    private List<DeathWord> sweepFor(String boot) throws IOException {
        return new OrphanSweep(dir, boot).sweep();
    }

    /** A grandchild that outlived its guard, the guard's leash and its parent; hidden where a group can find it. */
    private long orphanOf(String boot, long nodePid, Hold hold) throws IOException {
        try (var guard = new LoneGuard(LEASE, dir, boot, nodePid, hold)) {
            guard.send(Orders.ring("r", hold == Hold.MARK ? Orders.HAS_DEAF_GRANDCHILD : Orders.HAS_HIDDEN_GRANDCHILD));
            long orphan = guard.heard().grandchildOf("r");
            Processes.signal("KILL", guard.leash());
            guard.kill();
            await().atMost(HeardReports.WAIT).until(() -> !Processes.isUp(guard.pid()));
            assertThat(Processes.isUp(orphan)).isTrue();
            return orphan;
        }
    }

    private BootHead head(String machine) {
        return new BootHead(
                machine, GuardMain.NODE, "1", ProcessId.NONE, ProcessId.NONE, ProcessId.NONE, Optional.empty());
    }

    private void list(BootHead head, ProcessId child) throws IOException {
        var list = Files.createDirectory(dir.resolve("1"));
        head.store(list);
        Files.writeString(list.resolve(Long.toString(child.pid())), child.startTicks() + "\n");
    }

    private long stranger(String script) throws IOException {
        return process(script).pid();
    }

    private Process process(String script) throws IOException {
        var process = new ProcessBuilder("/bin/sh", "-c", script).start();
        strangers.add(process);
        return process;
    }
}
