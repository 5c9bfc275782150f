package io.rota.membership.sim;

import io.rota.membership.net.RealKills;
import java.util.List;
import java.util.function.Supplier;

/** {@code ./scripts/simulate}: runs experiments and prints their figures; exits with 1 when one misses its bar. */
public final class Simulate {

    private Simulate() {}

    public static void main(String[] arguments) {
        String what = arguments.length == 0 ? "" : arguments[0];
        String detail = arguments.length > 1 ? arguments[1] : "";
        String more = arguments.length > 2 ? arguments[2] : "";
        System.exit(run(what, detail, more) ? 0 : 1);
    }

    private static boolean run(String what, String detail, String more) {
        return switch (what) {
            case "bars" -> bars(detail);
            case "lifeguard" -> LifeguardTable.print(detail.isEmpty() ? Stall.BLOCKED : Stall.valueOf(detail), 1);
            case "real" -> real(detail, more);
            case "swarm" -> swarm(Long.parseLong(detail), more.isEmpty() ? 1 : Long.parseLong(more));
            default -> {
                System.err.println("usage: simulate bars [number of one bar] | lifeguard [FROZEN|BLOCKED|DEAF]"
                        + " | swarm FIRST_SEED COUNT | real [MEMBERS [KILLS]]");
                yield false;
            }
        };
    }

    private static boolean real(String members, String kills) {
        List<Integer> sizes = members.isEmpty() ? List.of(3, 5, 10, 20) : List.of(Integer.valueOf(members));
        boolean met = true;
        for (int size : sizes) {
            met &= RealKills.run(size, kills.isEmpty() ? 30 : Integer.parseInt(kills));
        }
        return met;
    }

    private static boolean swarm(long first, long count) {
        boolean met = true;
        for (long seed = first; seed < first + count; seed++) {
            Swarm swarm = new Swarm(seed);
            if (!swarm.run()) {
                met = false;
                System.out.println("FAIL replay with: ./scripts/simulate swarm " + seed + " 1");
                swarm.violations().forEach(found -> System.out.println("  " + found));
            }
            if (count == 1 || seed % 100 == 0) {
                System.out.println("seed " + seed + ": checked " + swarm.checked() + ", "
                        + swarm.cluster().injected() + ", trace "
                        + Long.toHexString(swarm.cluster().traceHash()));
            }
        }
        return met;
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
