package io.rota.membership.sim;

import java.util.function.Supplier;

/** {@code ./scripts/simulate}: runs experiments and prints their figures; exits with 1 when one misses its bar. */
public final class Simulate {

    private Simulate() {}

    public static void main(String[] arguments) {
        String what = arguments.length == 0 ? "" : arguments[0];
        String detail = arguments.length > 1 ? arguments[1] : "";
        System.exit(run(what, detail) ? 0 : 1);
    }

    private static boolean run(String what, String detail) {
        return switch (what) {
            case "bars" -> bars(detail);
            case "lifeguard" -> LifeguardTable.print(detail.isEmpty() ? Stall.BLOCKED : Stall.valueOf(detail), 1);
            default -> {
                System.err.println("usage: simulate bars [number of one bar] | lifeguard [FROZEN|BLOCKED|DEAF]");
                yield false;
            }
        };
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
