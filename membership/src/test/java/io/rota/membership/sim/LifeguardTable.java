package io.rota.membership.sim;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Rebuilds the table of the Lifeguard paper (section VI) in the simulator, with a row for us, and prints it. */
final class LifeguardTable {

    private static final int MEMBERS = 128;
    private static final List<Integer> CONCURRENT = List.of(1, 8, 32);
    private static final List<Duration> BLOCKED =
            List.of(Duration.ofMillis(512), Duration.ofMillis(2048), Duration.ofMillis(8192), Duration.ofMillis(32768));
    private static final List<Duration> RUNNING =
            List.of(Duration.ofMillis(4), Duration.ofMillis(64), Duration.ofMillis(1024));

    private LifeguardTable() {}

    /** Prints the rows; true when ours meets the bar. */
    static boolean print(Stall kind, int repetitions) {
        System.out.println(MEMBERS + " members, interval experiment, anomaly " + kind + ", C=" + CONCURRENT + " D="
                + BLOCKED + " I=" + RUNNING + " x" + repetitions);
        Row swim = null;
        Row last = null;
        for (Variant variant : Variant.values()) {
            last = measure(variant, kind, repetitions);
            swim = swim == null ? last : swim;
            System.out.println(last.against(swim));
        }
        return swim != null
                && last != null
                && last.falseDeaths <= 0.015 * swim.falseDeaths
                && last.falseDeathsAtHealthy == 0
                && last.latencySeconds <= 0.57 * swim.latencySeconds;
    }

    private static Row measure(Variant variant, Stall kind, int repetitions) {
        AnomalyTrial trial = new AnomalyTrial(variant, kind, MEMBERS);
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (int concurrent : CONCURRENT) {
                for (Duration blocked : BLOCKED) {
                    for (Duration running : RUNNING) {
                        trial.run(concurrent, blocked, running, repetition + 1);
                    }
                }
            }
        }
        CrashLatency latency = new CrashLatency(variant.settings(), true);
        for (int seed = 1; seed <= 5; seed++) {
            latency.run(MEMBERS, 4, seed);
        }
        return new Row(
                variant,
                trial.falseDeaths(),
                trial.falseDeathsAtHealthy(),
                trial.messages(),
                trial.bytes(),
                latency.full().seconds(0.5));
    }

    private record Row(
            Variant variant,
            long falseDeaths,
            long falseDeathsAtHealthy,
            long messages,
            long bytes,
            double latencySeconds) {

        private String against(Row swim) {
            return String.format(
                    Locale.ROOT,
                    "%-14s FP %7d (%6.2f %%)  FP- %6d (%6.2f %%)  messages %6.1f %%  bytes %6.1f %%  full detection %5.2f s (%5.1f %%)",
                    variant,
                    falseDeaths,
                    100.0 * falseDeaths / Math.max(1, swim.falseDeaths),
                    falseDeathsAtHealthy,
                    100.0 * falseDeathsAtHealthy / Math.max(1, swim.falseDeathsAtHealthy),
                    100.0 * messages / swim.messages,
                    100.0 * bytes / swim.bytes,
                    latencySeconds,
                    100.0 * latencySeconds / swim.latencySeconds);
        }
    }
}
