package io.rota.membership.sim;

import com.sun.management.OperatingSystemMXBean;
import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The numbers that this module must reach, measured in virtual time. {@code ./scripts/simulate bars} prints them all; tests run the short ones. Each
 * takes what it needs, from milliseconds to minutes of real time.
 */
public final class Bars {

    private static final ProtocolSettings LAN = ProtocolSettings.lan();

    /** A busy machine does not lengthen this. */
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Bars() {}

    /** All bars, the quick ones first. */
    public static List<Supplier<Figure>> all() {
        return List.of(
                () -> kill(3),
                () -> kill(20),
                () -> silence(5, Duration.ofSeconds(6)),
                () -> silence(50, Duration.ofSeconds(6)),
                Bars::idleTraffic20,
                Bars::allocation,
                Bars::burst,
                Bars::flapper,
                Bars::flipFlop,
                () -> massRestart(Integer.getInteger("simulate.seeds", 1000)),
                Bars::partition,
                () -> ownPauses(10_000),
                () -> silence(1000, Duration.ofSeconds(8)),
                Bars::idleTraffic1000,
                () -> longLoss(Duration.ofHours(24)),
                () -> scale(1000, Duration.ofMinutes(10), 60),
                () -> scale(5000, Duration.ofMinutes(2), Integer.MAX_VALUE));
    }

    static Figure kill(int members) {
        CrashLatency latency = new CrashLatency(LAN, false);
        for (int seed = 1; seed <= 10; seed++) {
            latency.run(members, 10, seed);
        }
        boolean met =
                latency.full().seconds(0.5) <= 1.0 && latency.full().seconds(0.99) <= 2.5 && latency.falseDeaths() == 0;
        return new Figure(
                "kill -9 known to all, N=" + members,
                latency.full() + ", false " + latency.falseDeaths(),
                "p50 <= 1.0 s, p99 <= 2.5 s",
                met);
    }

    static Figure silence(int members, Duration limit) {
        CrashLatency latency = new CrashLatency(LAN, true);
        int runs = members > 200 ? 2 : 10;
        for (int seed = 1; seed <= runs; seed++) {
            latency.run(members, members > 200 ? 5 : 10, seed);
        }
        boolean small = members <= 50;
        boolean met = latency.full().seconds(0.99) <= limit.toSeconds()
                && (!small || latency.full().seconds(0.5) <= 4)
                && latency.falseDeaths() == 0;
        return new Figure(
                "silent host known to all, N=" + members,
                latency.full() + ", false " + latency.falseDeaths(),
                (small ? "p50 <= 4 s, " : "") + "p99 <= " + limit.toSeconds() + " s",
                met);
    }

    static Figure idleTraffic20() {
        return idleTraffic(20, Duration.ofMinutes(2));
    }

    static Figure idleTraffic1000() {
        return idleTraffic(1000, Duration.ofSeconds(30));
    }

    private static Figure idleTraffic(int members, Duration length) {
        SimCluster cluster = SimCluster.createShared(1, LAN);
        cluster.startPreformed(members);
        cluster.run(Duration.ofSeconds(60));
        long before = cluster.injected().bytes();
        cluster.run(length);
        double rate = (cluster.injected().bytes() - before) / (double) length.toSeconds() / members;
        return new Figure(
                "idle traffic, N=" + members,
                String.format(Locale.ROOT, "%.0f B/s per node sent, sealed, with headers", rate),
                "<= 250 B/s",
                rate <= 250);
    }

    static Figure allocation() {
        double plain = new AllocationTrial(false).bytesPerPacket();
        double sealed = new AllocationTrial(true).bytesPerPacket();
        return new Figure(
                "allocated in a steady probe round",
                String.format(Locale.ROOT, "%.0f B a packet in core and codec, %.0f B with sealing", plain, sealed),
                "0 B in core and codec, <= 2 KB sealed",
                plain == 0 && sealed <= 2048);
    }

    static Figure burst() {
        int calm = 0;
        int observers = 0;
        int most = 0;
        for (int seed = 1; seed <= 10; seed++) {
            SimCluster cluster = SimCluster.create(seed, LAN);
            RunLog log = new RunLog();
            cluster.listen(log);
            cluster.startPreformed(100);
            cluster.run(Duration.ofSeconds(20));
            log.clear();
            for (int victim = 0; victim < 10; victim++) {
                cluster.kill(victim * 9);
            }
            cluster.run(Duration.ofSeconds(30));
            for (int node = 0; node < 100; node++) {
                if (cluster.isRunning(node)) {
                    int changes = log.ringChanges(cluster.name(node));
                    observers++;
                    calm += changes <= 2 ? 1 : 0;
                    most = Math.max(most, changes);
                }
            }
        }
        double share = 100.0 * calm / observers;
        return new Figure(
                "10 crashes of 100 at once",
                String.format(Locale.ROOT, "<= 2 ring changes at %.1f %%, most %d, n=%d", share, most, observers),
                "<= 2 ring changes at >= 99 %",
                share >= 99);
    }

    static Figure flapper() {
        SimCluster cluster = SimCluster.create(1, LAN);
        RunLog log = new RunLog();
        cluster.listen(log);
        cluster.startPreformed(20);
        cluster.run(Duration.ofSeconds(20));
        log.clear();
        long end = cluster.nowNanos() + Duration.ofMinutes(10).toNanos();
        while (cluster.nowNanos() < end) {
            cluster.stall(0, Stall.FROZEN, Duration.ofMillis(8200));
            cluster.run(Duration.ofMillis(8264));
        }
        int views = 0;
        int rings = 0;
        for (int node = 1; node < 20; node++) {
            views = Math.max(views, log.views(cluster.name(node)));
            rings = Math.max(rings, log.ringChanges(cluster.name(node)));
        }
        return new Figure(
                "8.2 s stopped, 64 ms running, 10 min",
                "views at a healthy node at most " + views + ", ring changes at most " + rings,
                "<= 2 view changes",
                views <= 2);
    }

    /** The bar counts what consumers act on: whether the bad member takes work. */
    static Figure flipFlop() {
        int most = 0;
        long lost = 0;
        long deaths = 0;
        int seeds = 10;
        for (int seed = 1; seed <= seeds; seed++) {
            FlipFlop trial = new FlipFlop(100, 1, seed);
            trial.run(Duration.ofMinutes(10));
            most = Math.max(most, trial.mostTransitions());
            lost += trial.falseDeaths();
            deaths += trial.deaths();
        }
        return new Figure(
                "1 % of 100 hear nothing, 20 s on and off, 10 min, " + seeds + " seeds",
                "its work moved at most " + most + " times at a healthy peer (deaths seen per peer and run "
                        + deaths / seeds / 99 + "), healthy peers lost " + lost,
                "<= 2 moves, 0 lost",
                most <= 2 && deaths > 0 && lost == 0);
    }

    static Figure massRestart(int seeds) {
        int stuck = 0;
        Percentiles took = new Percentiles();
        for (int seed = 1; seed <= seeds; seed++) {
            MassRestart restart = new MassRestart(seed);
            took.add(restart.run().toNanos());
            stuck += restart.falselyDead();
        }
        return new Figure(
                "mass restart of 100 in 5 s, " + seeds + " seeds",
                "seen dead > 2 s after up: " + stuck + "; one view: " + took,
                "0 seen dead > 2 s after up",
                stuck == 0);
    }

    static Figure partition() {
        Percentiles took = new Percentiles();
        long dead = 0;
        for (int seed = 1; seed <= 30; seed++) {
            SimCluster cluster = SimCluster.create(seed, LAN);
            RunLog log = new RunLog();
            cluster.listen(log);
            cluster.startPreformed(100);
            cluster.run(Duration.ofSeconds(10));
            int[] sides = new int[100];
            for (int i = 0; i < 50; i++) {
                sides[(i * 7) % 100] = 1;
            }
            cluster.partition(sides);
            cluster.run(Duration.ofMinutes(10));
            log.clear();
            cluster.mend();
            took.add(cluster.runUntil(() -> cluster.agreeOnLive(100), Duration.ofMinutes(2))
                    .toNanos());
            dead += log.count(MemberState.DEAD);
        }
        return new Figure(
                "50/50 partition of 100, 10 min, heal",
                "one view " + took + ", deaths by the merge " + dead,
                "p99 <= 10 s, 0 deaths",
                took.seconds(0.99) <= 10 && dead == 0);
    }

    static Figure ownPauses(int stalls) {
        PauseTrial trial = new PauseTrial(LAN);
        trial.run(stalls, 7);
        return new Figure(
                stalls + " own stalls of 50 ms to 60 s",
                "accusations by the paused: suspect " + trial.suspects() + ", dead " + trial.deaths() + ", stalls "
                        + trial.stalls(),
                "0 and 0",
                trial.suspects() == 0 && trial.deaths() == 0 && trial.stalls() == stalls);
    }

    static Figure longLoss(Duration length) {
        SimCluster cluster = SimCluster.createShared(5, LAN);
        RunLog log = new RunLog();
        cluster.listen(log);
        cluster.startPreformed(100);
        cluster.faults(NetworkFaults.none().withLoss(0.05));
        cluster.run(length);
        return new Figure(
                length.toHours() + " h at 5 % loss, N=100",
                "false deaths " + log.count(MemberState.DEAD) + ", suspicions "
                        + log.count(MemberState.SUSPECT) + ", lost "
                        + cluster.injected().lost(),
                "0 false deaths",
                log.count(MemberState.DEAD) == 0 && cluster.injected().lost() > 0);
    }

    static Figure scale(int members, Duration length, int limitSeconds) {
        long began = System.nanoTime();
        long cpuBefore = PROCESS.getProcessCpuTime();
        SimCluster cluster = SimCluster.createShared(1, LAN);
        cluster.startPreformed(members);
        int crashes = (int) length.toMinutes();
        for (int minute = 0; minute < crashes; minute++) {
            cluster.vanish(minute * 13 + 5);
            cluster.run(Duration.ofMinutes(1));
        }
        double cpuSeconds = (PROCESS.getProcessCpuTime() - cpuBefore) / 1e9;
        double seconds = (System.nanoTime() - began) / 1e9;
        boolean agreed = cluster.agreeOnLive(members - crashes);
        long heapMiB =
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
        return new Figure(
                members + " members x " + length.toMinutes() + " virtual min",
                String.format(
                        Locale.ROOT,
                        "%.1f s of CPU, compiler and collector included, %.1f s real; heap %d MiB, agreed %s",
                        cpuSeconds,
                        seconds,
                        heapMiB,
                        agreed),
                limitSeconds == Integer.MAX_VALUE ? "runs in <= 8 GB" : "<= " + limitSeconds + " s of one core",
                agreed && cpuSeconds <= limitSeconds && heapMiB <= 8192);
    }
}
