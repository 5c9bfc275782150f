package io.rota.benchmarks;

import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Re-placing 1,000,000 tasks on 1,000 nodes, with a sort of 1,000,000 longs as the yardstick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class ReplaceBenchmark {
    private final List<RingNode> nodes =
            Schemes.names("node-", 1000).stream().map(RingNode::of).toList();
    private final List<RingTask> tasks =
            Schemes.names("task-", 1_000_000).stream().map(RingTask::of).toList();
    private final long[] longs = new SplittableRandom(1).longs(1_000_000).toArray();
    private Placement placement = Placement.of(List.of(), List.of(), PlacementSettings.defaults());
    private int known;

    @Setup
    public void place() {
        placement = Placement.of(nodes, tasks, PlacementSettings.defaults());
        known = placement.indexOf("task-4711");
    }

    @Benchmark
    public Placement afterOneLeave() {
        return placement.withoutNode("node-500");
    }

    @Benchmark
    public Placement afterOneJoin() {
        return placement.withNode(RingNode.of("late"));
    }

    @Benchmark
    public Placement cold() {
        return Placement.of(nodes, tasks, PlacementSettings.defaults());
    }

    @Benchmark
    public long[] sortOfOneMillionLongs() {
        long[] copy = longs.clone();
        Arrays.sort(copy);
        return copy;
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Optional<String> ownerOfAKnownTask() {
        return placement.ownerAt(known);
    }
}
