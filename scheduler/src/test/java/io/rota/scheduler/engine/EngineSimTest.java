package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that talk with each other, with views as different as the seed makes them. */
class EngineSimTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nodesThatTalkNeverRunATaskTwiceHoweverTheirViewsDiffer(long seed) {
        var cluster = new EngineCluster(
                seed, NODES, List.of(Tasks.service("a"), Tasks.service("b"), Tasks.every("c", Duration.ofMillis(700))));
        var random = new Random(seed);

        for (int i = 0; i < 300; i++) {
            cluster.confuse();
            cluster.run(random.nextInt(900));
        }

        assertThat(cluster.overlaps()).isEmpty();
        assertThat(cluster.starts()).as("the chaos did start something").isGreaterThan(40);
    }

    @Test
    void theWatchSeesTwoAtOnceWhenMembersLie() {
        var cluster = new EngineCluster(1, NODES, List.of(Tasks.service("a")));
        cluster.lie();

        for (int i = 0; i < 100; i++) {
            cluster.confuse();
            cluster.run(300);
        }

        assertThat(cluster.overlaps()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void onceTheViewsAgreeEachServiceRunsOnItsOwner(long seed) {
        var cluster = new EngineCluster(seed, NODES, List.of(Tasks.service("a"), Tasks.service("b")));
        for (int i = 0; i < 50; i++) {
            cluster.confuse();
            cluster.run(200);
        }

        cluster.agree(new TreeMap<>(Map.of("a", "n2", "b", "n4")));
        boolean together = false;
        for (int i = 0; i < 400 && !together; i++) {
            cluster.run(100);
            together = cluster.runningOn("a").equals(java.util.Set.of("n2"))
                    && cluster.runningOn("b").equals(java.util.Set.of("n4"));
        }

        assertThat(together).as("both run on their owners at the same time").isTrue();
        assertThat(cluster.overlaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void everyOccurrenceOfASettledPeriodicTaskEndsInARecord(long seed) {
        var cluster = new EngineCluster(seed, NODES, List.of(Tasks.every("c", Duration.ofSeconds(1))));
        cluster.agree(Map.of("c", "n1"));

        cluster.run(60_000);

        var due = cluster.kept().stream()
                .filter(run -> run.state() == RunState.DUE)
                .toList();
        var skipped = cluster.kept().stream()
                .filter(run -> run.state() == RunState.SKIPPED)
                .toList();
        assertThat(due.size() + skipped.size()).isBetween(56, 60);
        assertThat(skipped).as("runs of up to 3 s overlap their successors").isNotEmpty();
        var instants = java.util.stream.Stream.concat(due.stream(), skipped.stream())
                .map(Run::dueWallMillis)
                .sorted()
                .toList();
        for (int i = 1; i < instants.size(); i++) {
            assertThat(instants.get(i) - instants.get(i - 1)).isEqualTo(1_000);
        }
    }
}
