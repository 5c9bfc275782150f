package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run is all of its processes, whatever they do to hide, and nobody else's. */
final class ProcessTreeIT {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final String mark = "test/" + UUID.randomUUID();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        new ProcessTree(0, GuardCommand.MARK + "=" + mark).killUntilGone(LIMIT_NANOS);
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void findsDescendants() throws IOException {
        var root = start("sleep 300 & echo $!; wait");
        long child = firstNumber(root);

        var tree = new ProcessTree(root.pid(), "NO=mark");

        assertThat(pids(tree)).containsExactlyInAnyOrder(root.pid(), child);
    }

    @Test
    void findsOrphanOfItsProcessGroup() throws IOException {
        var root = start("exec setsid sh -c 'sh -c \"sleep 300 & echo \\$!\"; exec sleep 300'");
        long orphan = firstNumber(root);

        var tree = new ProcessTree(root.pid(), "NO=mark");

        await().atMost(WAIT).untilAsserted(() -> assertThat(pids(tree)).contains(orphan));
    }

    @Test
    void findsOrphanInASessionOfItsOwnByItsMark() throws IOException {
        var root = start("sh -c 'setsid sleep 300 & echo $!'; exec sleep 300");
        long orphan = firstNumber(root);

        assertThat(pids(tree(root))).contains(root.pid(), orphan);
        assertThat(pids(new ProcessTree(0, GuardCommand.MARK + "=" + mark))).contains(orphan);
    }

    @Test
    void leavesProcessesOfAnotherMarkAlone() throws IOException {
        var other = start("exec sleep 300");

        // A mark that only begins like the other's must not be taken for it.
        var tree = new ProcessTree(0, GuardCommand.MARK + "=" + mark.substring(0, mark.length() - 1));

        assertThat(tree.killUntilGone(LIMIT_NANOS)).isTrue();
        assertThat(Processes.isUp(other.pid())).isTrue();
    }

    @Test
    void neverCountsTheProcessItRunsIn() {
        var self = ProcessHandle.current().pid();

        assertThat(new ProcessTree(self, "NO=mark").alive())
                .extracting(ProcessHandle::pid)
                .doesNotContain(self);
    }

    @Test
    void killsAllWithoutAsking() throws IOException {
        var root = start("trap '' TERM; setsid sh -c \"trap '' TERM; echo \\$\\$; while :; do sleep 1; done\" & wait");
        long escaped = firstNumber(root);
        var tree = tree(root);

        tree.terminate();
        assertThat(Processes.isUp(root.pid())).isTrue();
        assertThat(Processes.isUp(escaped)).isTrue();

        assertThat(tree.killUntilGone(LIMIT_NANOS)).isTrue();
        assertThat(Processes.isUp(root.pid())).isFalse();
        assertThat(Processes.isUp(escaped)).isFalse();
    }

    @Test
    void zombieIsGone() throws IOException {
        // The child ends while its parent never looks: it stays a zombie as long as the parent lives.
        var root = start("sh -c 'exit 0' & echo $!; exec sleep 300");
        long zombie = firstNumber(root);

        await().atMost(WAIT).until(() -> !Processes.isUp(zombie));

        assertThat(pids(tree(root))).containsExactly(root.pid());
    }

    @Test
    void saysSoWhenTimeIsOver() throws IOException {
        var root = start("while :; do sleep 0.01; done");

        assertThat(tree(root).killUntilGone(-1)).isFalse();
        assertThat(Processes.isUp(root.pid())).isTrue();
    }

    private ProcessTree tree(Process root) {
        return new ProcessTree(root.pid(), GuardCommand.MARK + "=" + mark);
    }

    private Process start(String script) throws IOException {
        var builder = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
        builder.environment().put(GuardCommand.MARK, mark);
        var process = builder.start();
        started.add(process);
        return process;
    }

    private static long firstNumber(Process process) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return Long.parseLong(String.valueOf(reader.readLine()));
    }

    private static List<Long> pids(ProcessTree tree) {
        return tree.alive().stream().map(ProcessHandle::pid).toList();
    }
}
