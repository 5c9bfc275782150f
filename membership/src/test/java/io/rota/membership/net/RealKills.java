package io.rota.membership.net;

import io.rota.membership.sim.Percentiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code ./scripts/simulate real}: real members, each a process of its own, on real sockets of this machine. One is killed with SIGKILL, by its pid; measures
 * until the published views of all survivors hold it for dead, read from what they print. All processes share this machine's cores.
 */
public final class RealKills implements AutoCloseable {

    private static final long LOOK_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** So that no kill keeps step with the probes. */
    private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Map<String, MemberProcess> running = new LinkedHashMap<>();
    private final List<Integer> ports = new ArrayList<>();

    private RealKills(int members) throws IOException {
        for (int i = 0; i < members; i++) {
            ports.add(LoopbackNodes.freePort());
        }
        for (int i = 0; i < members; i++) {
            start(i);
        }
    }

    /** Prints one line; true when the bar is met. */
    public static boolean run(int members, int kills) {
        Percentiles took = new Percentiles();
        SplittableRandom random = new SplittableRandom(members);
        try (RealKills cluster = new RealKills(members)) {
            for (int kill = 0; kill < kills; kill++) {
                await(() -> cluster.agreeOnLive(members));
                LockSupport.parkNanos(random.nextLong(SPREAD_NANOS));
                took.add(cluster.kill((kill * 7) % members));
                cluster.start((kill * 7) % members);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot start a member process", e);
        }
        System.out.printf(
                Locale.ROOT,
                "real processes, N=%d: kill -9 known to all survivors %s (bar: p50 <= 1.0 s, p99 <= 2.5 s)%n",
                members,
                took);
        return took.seconds(0.5) <= 1.0 && took.seconds(0.99) <= 2.5;
    }

    private void start(int index) throws IOException {
        List<Integer> seeds = List.copyOf(ports.subList(0, Math.min(3, ports.size())));
        running.put(name(index), MemberProcess.start(name(index), ports.get(index), seeds));
    }

    /** Nanoseconds from the signal until the last survivor's view. */
    private long kill(int index) {
        MemberProcess victim = running.remove(name(index));
        if (victim == null) {
            throw new IllegalArgumentException(name(index));
        }
        long began = System.nanoTime();
        victim.kill();
        await(() -> running.values().stream().allMatch(member -> member.holdsForDead(name(index))));
        return System.nanoTime() - began;
    }

    private boolean agreeOnLive(int count) {
        return running.values().stream().allMatch(member -> member.live() == count)
                && running.values().stream().map(MemberProcess::hash).distinct().count() == 1;
    }

    private static void await(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > LIMIT_NANOS) {
                throw new IllegalStateException("not within two minutes");
            }
            LockSupport.parkNanos(LOOK_EACH_NANOS);
        }
    }

    private static String name(int index) {
        return "n" + index;
    }

    @Override
    public void close() {
        running.values().forEach(MemberProcess::kill);
    }
}
