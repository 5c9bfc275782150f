package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of arbiters is changed while exclusive tasks run: real processes, real Hazelcast, the tasks are the witness. */
final class ArbitersIT {
    private static final Duration WAIT = Duration.ofSeconds(60);
    /** Longer than a claim takes, its retries included. */
    private static final Duration NOBODY_STARTS = Duration.ofSeconds(6);

    @TempDir
    private Path dir = Path.of("");

    private final Map<String, RotaProcess> nodes = new HashMap<>();
    private final List<Long> guards = new ArrayList<>();

    @AfterEach
    void killAll() throws IOException {
        guards.forEach(guard -> ProcessHandle.of(guard).ifPresent(ProcessHandle::destroyForcibly));
        for (var node : nodes.values()) {
            for (var child : node.descendants()) {
                ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
            }
            node.kill();
        }
    }

    private void start(ArbiterCluster cluster, String... names) throws IOException {
        for (var name : names) {
            nodes.put(name, RotaProcess.start(dir, "start", "-c", cluster.config(name)));
        }
    }

    private void kill(String name) {
        var node = nodes.remove(name);
        if (node != null) {
            // It tells its word for as long as some arbiter lacks it: not beyond the test.
            guards.add(node.guard());
            node.kill();
        }
    }

    @Test
    void aDeadArbiterIsReplacedByANewMachineAndTheOldListNeverDecidesAgain() throws Exception {
        var cluster = new ArbiterCluster(dir, List.of("n1", "n2", "n3", "n4"), "arbiters: [n1, n2, n3]");
        start(cluster, "n1", "n2", "n3", "n4");
        await().atMost(WAIT)
                .until(() -> cluster.isDecided("n4", 1) && cluster.doAllVote("n4") && cluster.starts() >= 2);

        kill("n1");
        await().atMost(WAIT)
                .until(() -> cluster.get("n4", "members").matches("(?s).*\"n1\"[^}]*\"DEAD\".*|(?s).*dead.*"));
        var refused =
                RotaProcess.run(dir, "arbiters", "add", "n4", "--reason", "one more", "--admin", cluster.admin("n2"));
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.err()).contains("would make 4 arbiters");
        var replaced = RotaProcess.run(
                dir,
                "arbiters",
                "replace",
                "n1",
                "n4",
                "--reason",
                "n1 burnt",
                "--by",
                "ada",
                "--admin",
                cluster.admin("n2"));

        assertThat(replaced.err()).isEmpty();
        assertThat(replaced.out()).contains("list 2 is decided, and a majority of it votes");
        await().atMost(WAIT)
                .until(() -> cluster.isDecided("n4", 2) && cluster.doAllVote("n4") && cluster.isGroupReady("n4"));
        assertThat(cluster.get("n3", "arbiters")).contains("\"changedBy\":\"ada\"", "\"reason\":\"n1 burnt\"");
        assertThat(cluster.get("n3", "cluster")).contains("arbiters_differ", "cluster.arbiters: [n4, n2, n3]");

        // Of the first list only n3 is left: with n4 it is the majority of the second.
        kill("n2");
        long before = cluster.starts();
        await().atMost(WAIT)
                .until(() -> cluster.areAllUp() && cluster.get("n4", "arbiters").contains("\"quorum\":true"));

        // Now only books of the first list are there, one that has moved on and one that has not: no list has a
        // majority.
        kill("n4");
        kill("n3");
        start(cluster, "n1", "n2");
        await().atMost(WAIT).until(() -> cluster.get("n1", "arbiters").contains("\"epoch\":2"));
        long starts = cluster.starts();
        await().during(NOBODY_STARTS).atMost(WAIT).until(() -> cluster.starts() == starts);
        assertThat(cluster.get("n1", "arbiters")).contains("\"quorum\":false");

        start(cluster, "n4");
        await().atMost(WAIT).until(() -> cluster.starts() > starts);
        assertThat(before).isPositive();
        cluster.requireNoOverlapAndGrowingTokens();
    }

    @Test
    void aSingleJudgeGrowsToThreeAndKeepsItsBook() throws Exception {
        var cluster = new ArbiterCluster(dir, List.of("n1", "n2", "n3"), "arbiters: [n1]");
        start(cluster, "n1", "n2", "n3");
        await().atMost(WAIT).until(() -> cluster.isDecided("n3", 1) && cluster.areAllUp());

        var grown = RotaProcess.run(
                dir, "arbiters", "add", "n2", "n3", "--reason", "three servers now", "--admin", cluster.admin("n3"));

        assertThat(grown.err()).isEmpty();
        assertThat(grown.out()).contains("list 2 is decided, and a majority of it votes");
        await().atMost(WAIT)
                .until(() -> cluster.isDecided("n1", 2) && cluster.doAllVote("n1") && cluster.isGroupReady("n1"));

        // The judge dies, and the two others go on with what its book held.
        kill("n1");
        await().atMost(WAIT).until(() -> cluster.areAllUp() && cluster.isDecided("n2", 2));
        cluster.requireNoOverlapAndGrowingTokens();

        var verified = RotaProcess.run(dir, "books", "verify", "-c", cluster.config("n2"));
        assertThat(verified.out()).startsWith("sound: 2 tasks").contains("list 2 [n1, n2, n3]");
        assertThat(verified.err()).contains("a node runs on data-n2: this is its book as of now");
        assertThat(verified.exitCode()).isZero();
        assertThat(RotaProcess.run(dir, "books", "show", "east", "-c", cluster.config("n1"))
                        .out())
                .contains("\"task\":\"east\"", "\"right\":\"EXCLUSIVE\"");
    }
}
