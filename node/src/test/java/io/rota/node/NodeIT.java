package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rota.node.config.NodeConfig;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Rebalance;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.Work;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node by itself: it runs what it is given, and leaves nothing behind, whether it started or not. */
final class NodeIT {
    /** A book votes after one lease and 10 %, and a busy machine takes its time. */
    private static final Duration WAIT = Duration.ofSeconds(60);

    private static final String TELLS_AND_GOES_ON = """
            env > "$ROTA_TASK.env"
            echo $$ > "$ROTA_TASK.new" && mv "$ROTA_TASK.new" "$ROTA_TASK.pid"
            while :; do sleep 0.1; done
            """;

    @TempDir
    private Path dir = Path.of("");

    @Test
    void nodeAloneRunsItsTasksAndEndsThemAll() throws Exception {
        var ports = FreePorts.forNode();
        var config = config(ports, task("free", Guarantee.RING), task("alone", Guarantee.EXCLUSIVE));
        long free;
        long alone;
        try (var node = Node.start(config, "test")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("free.pid")));
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("alone.pid")));
            free = pid("free");
            alone = pid("alone");
            assertThat(Processes.isUp(free)).isTrue();
            assertThat(Processes.isUp(alone)).isTrue();
            assertThat(guards()).isOne();
            assertThat(node).isNotNull();
        }

        assertThat(Processes.isUp(free)).isFalse();
        assertThat(Processes.isUp(alone)).isFalse();
        assertThat(guards()).isZero();
        assertThat(FreePorts.areFree(ports)).isTrue();
    }

    @Test
    void tasksSeeWhatTheyNeedAndNoSecret() throws Exception {
        var config = config(FreePorts.forNode(), task("alone", Guarantee.EXCLUSIVE));
        try (var node = Node.start(config, "test")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("alone.pid")));
            assertThat(node).isNotNull();
        }

        assertThat(Files.readAllLines(dir.resolve("alone.env")))
                .contains("ROTA_TASK=alone", "ROTA_NODE=n1", "ROTA_TOKEN=1")
                .noneMatch(line -> line.startsWith(GuardCommandLine.KEY_VARIABLE));
    }

    @Test
    void aChangedFileIsTakenOverWithoutTouchingWhatStaysTheSame() throws Exception {
        var ports = FreePorts.forNode();
        var stays = task("stays", Guarantee.RING);
        try (var node = Node.start(config(ports, stays, task("goes", Guarantee.RING)), "test")) {
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("stays.pid")));
            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("goes.pid")));
            long same = pid("stays");
            long gone = pid("goes");

            node.reload(config(ports, stays.with(Rebalance.NEVER), task("comes", Guarantee.EXCLUSIVE)));

            await().atMost(WAIT).until(() -> Files.exists(dir.resolve("comes.pid")));
            await().atMost(WAIT).until(() -> !Processes.isUp(gone));
            assertThat(Processes.isUp(same)).isTrue();
            assertThat(pid("stays")).isEqualTo(same);
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        var node = Node.start(config(FreePorts.forNode()), "test");

        node.close();
        node.close();

        assertThat(guards()).isZero();
    }

    // ---- what cannot start

    @Test
    void gossipPortInUseIsOneClearLine() throws IOException {
        var ports = FreePorts.forNode();
        try (var taken = new DatagramSocket(ports.gossip(), InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertRefused(config(ports), Integer.toString(ports.gossip()), "in use");
        }
    }

    @Test
    void peerPortInUseIsOneClearLine() throws IOException {
        var ports = FreePorts.forNode();
        try (var taken = taken(ports.peer())) {
            assertThat(taken.isBound()).isTrue();
            assertRefused(config(ports), Integer.toString(ports.peer()), "in use");
        }
    }

    @Test
    void adminPortInUseIsOneClearLine() throws IOException {
        var ports = FreePorts.forNode();
        try (var taken = taken(ports.admin())) {
            assertThat(taken.isBound()).isTrue();
            assertRefused(config(ports), Integer.toString(ports.admin()), "in use");
        }
    }

    @Test
    void dataDirectoryThatCannotBeMadeIsOneClearLine() throws IOException {
        Files.writeString(dir.resolve("data"), "a file stands here");

        assertRefused(config(FreePorts.forNode()), dir.resolve("data").toString(), "cannot be used (");
    }

    @Test
    void bindAddressThatDoesNotExistIsOneClearLine() throws IOException {
        assertRefused(config("no-such-host.invalid", FreePorts.forNode()), "no-such-host.invalid", "does not resolve");
    }

    @Test
    void bindAddressOfAnotherMachineIsOneClearLine() throws IOException {
        assertRefused(config("192.0.2.1", FreePorts.forNode()), "192.0.2.1", "is node.bind an address of this server?");
    }

    // ---- tools

    private static void assertRefused(NodeConfig config, String... words) {
        assertThatThrownBy(() -> Node.start(config, "test"))
                .isInstanceOf(NodeStartException.class)
                .message()
                .contains(words)
                .doesNotContain("\n", "Exception", "null");
        assertThat(guards()).isZero();
    }

    private static ServerSocket taken(int port) throws IOException {
        var socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private NodeConfig config(NodeConfig.Ports ports, TaskDefinition... tasks) {
        return config("127.0.0.1", ports, tasks);
    }

    private NodeConfig config(String bind, NodeConfig.Ports ports, TaskDefinition... tasks) {
        var local = new NodeConfig.Local("n1", bind, bind, ports, dir.resolve("data"), Map.of(), 1000, Slots.UNLIMITED);
        return new NodeConfig(
                "test", Optional.empty(), List.of(), List.of("n1"), local, new TaskFile(0, List.of(tasks)), dir);
    }

    private TaskDefinition task(String name, Guarantee guarantee) {
        var work = new Work.Command(List.of("/bin/sh", "-c", TELLS_AND_GOES_ON), dir.toString(), new TreeMap<>());
        return TaskDefinition.of(name, work, new Schedule.Service())
                .with(guarantee)
                .withStopGrace(Duration.ofSeconds(2));
    }

    private long pid(String task) throws IOException {
        return Long.parseLong(Files.readString(dir.resolve(task + ".pid")).strip());
    }

    /** Guards that this JVM has started and that still run. */
    private static long guards() {
        return ProcessHandle.current()
                .children()
                .filter(process -> Processes.isUp(process.pid()))
                .filter(process -> process.info().commandLine().orElse("").contains(" guard "))
                .count();
    }
}
