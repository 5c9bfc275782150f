package io.rota.membership.sim;

import java.util.function.Supplier;

/** {@code ./scripts/simulate}: runs experiments and prints their figures; exits with 1 when one misses its bar. */
public final class Simulate {

    private Simulate() {}

    public static void main(String[] arguments) {
        String what = arguments.length == 0 ? "bars" : arguments[0];
        boolean met = switch (what) {
            case "bars" -> bars(arguments.length > 1 ? arguments[1] : "");
            default -> throw new IllegalArgumentException("usage: simulate bars [part of a bar's number]");
        };
        System.exit(met ? 0 : 1);
    }

    private static boolean bars(String only) {
        boolean met = true;
        int number = 0;
        for (Supplier<Figure> bar : Bars.all()) {
            number++;
            if (only.isEmpty() || only.equals(Integer.toString(number))) {
                long began = System.nanoTime();
                Figure figure = bar.get();
                System.out.printf("%2d %s (%d s)%n", number, figure, (System.nanoTime() - began) / 1_000_000_000L);
                met &= figure.met();
            }
        }
        return met;
    }
}
