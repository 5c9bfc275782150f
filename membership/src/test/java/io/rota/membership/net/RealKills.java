package io.rota.membership.net;

import io.rota.membership.MemberState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code ./scripts/simulate real}: real members on real sockets; the sockets of one are closed without a goodbye, as the kernel does when a process is
 * killed; measures until every survivor's published view holds it for dead. All members share this process and its cores.
 */
public final class RealKills {

    private static final long LOOK_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** So that no kill keeps step with the probes. */
    private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(3);

    private RealKills() {}

    /** Prints one line; true when the bar is met. */
    public static boolean run(int members, int kills) {
        List<Long> tookMillis = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(members);
        try (LoopbackNodes nodes = new LoopbackNodes()) {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < members; i++) {
                ports.add(LoopbackNodes.freePort());
            }
            List<Integer> seeds = List.copyOf(ports.subList(0, Math.min(3, members)));
            for (int i = 0; i < members; i++) {
                nodes.start(name(i), ports.get(i), seeds);
            }
            for (int kill = 0; kill < kills; kill++) {
                await(() -> nodes.agreeOnLive(members));
                LockSupport.parkNanos(random.nextLong(SPREAD_NANOS));
                int victim = (kill * 7) % members;
                nodes.kill(name(victim));
                tookMillis.add(await(() -> nodes.allSee(name(victim), MemberState.DEAD)));
                nodes.start(name(victim), ports.get(victim), seeds);
            }
        }
        Collections.sort(tookMillis);
        long median = tookMillis.get(kills / 2);
        long worst = tookMillis.get((int) Math.ceil(0.99 * kills) - 1);
        System.out.printf(
                Locale.ROOT,
                "real sockets, N=%d: killed process known to all, p50 %d ms, p99 %d ms, n=%d (bar: 1000 and 2500)%n",
                members,
                median,
                worst,
                kills);
        return median <= 1000 && worst <= 2500;
    }

    private static long await(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > LIMIT_NANOS) {
                throw new IllegalStateException("not within 30 s");
            }
            LockSupport.parkNanos(LOOK_EACH_NANOS);
        }
        return (System.nanoTime() - began) / 1_000_000;
    }

    private static String name(int index) {
        return "n" + index;
    }
}
