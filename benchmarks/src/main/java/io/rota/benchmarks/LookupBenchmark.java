package io.rota.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of one lookup by name, scheme by scheme. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LookupBenchmark {
    /** Index into the list of schemes. */
    @Param({"0", "1", "2", "3", "4", "5", "6"})
    public int scheme;

    @Param({"10", "100", "1000"})
    public int nodes;

    private final List<String> keys = Schemes.names("task-", 8192);
    private Scheme.Owners owners = new RotaRing().build(List.of(), List.of());
    private int next;

    @Setup
    public void build() {
        owners = Schemes.all().get(scheme).build(Schemes.names("node-", nodes), keys);
    }

    @Benchmark
    public String ownerOf() {
        next = (next + 1) & 8191;
        return owners.ownerOf(keys.get(next));
    }
}
