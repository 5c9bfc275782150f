package io.rota.scheduler.engine;

import java.io.PrintWriter;
import java.util.function.UnaryOperator;

/** {@code ./scripts/simulate schedules --seeds N | --seed S [--deaf | --forgetful]}: prints what is wrong, if anything is. */
final class SimulateSchedules {
    private SimulateSchedules() {}

    public static void main(String[] args) {
        long first = 1;
        long last = 100;
        UnaryOperator<ScheduleWorld> fault = UnaryOperator.identity();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--seeds" -> last = Long.parseLong(args[++i]);
                case "--seed" -> {
                    first = Long.parseLong(args[++i]);
                    last = first;
                }
                case "--deaf" -> fault = ScheduleWorld::deaf;
                case "--forgetful" -> fault = ScheduleWorld::forgetful;
                default -> throw new IllegalArgumentException("unknown word " + args[i]);
            }
        }
        System.exit(simulate(first, last, fault));
    }

    private static int simulate(long first, long last, UnaryOperator<ScheduleWorld> fault) {
        long ended = 0;
        long deaths = 0;
        long findings = 0;
        var out = new PrintWriter(
                new java.io.OutputStreamWriter(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out),
                        java.nio.charset.StandardCharsets.UTF_8),
                true);
        for (long seed = first; seed <= last; seed++) {
            var trial = new ScheduleTrial(seed, fault).run();
            for (var finding : trial.findings()) {
                findings++;
                out.println("seed " + seed + ": " + finding);
            }
            ended += trial.ended();
            deaths += trial.deaths();
        }
        out.println("schedules: seeds=" + (last - first + 1) + " ended=" + ended + " deaths=" + deaths + " findings="
                + findings);
        return findings == 0 ? 0 : 1;
    }
}
