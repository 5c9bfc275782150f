package io.rota.benchmarks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The figures that the ring must reach, and which of them a run has missed. The rule: a figure is met if it is not above
 * its bar once it is rounded to the decimals in which the bar is written. Confined to one run.
 */
final class Bars {
    private final List<String> missed = new ArrayList<>();
    private int judged;

    /** Judges one figure; the bar is written as it is meant, "1.05" for two decimals. */
    boolean meets(String what, double found, String bar) {
        BigDecimal limit = new BigDecimal(bar);
        BigDecimal rounded = BigDecimal.valueOf(found).setScale(limit.scale(), RoundingMode.HALF_UP);
        boolean isMet = rounded.compareTo(limit) <= 0;
        judged++;
        if (!isMet) {
            missed.add(String.format(Locale.ROOT, "%s: %.4f, the bar is %s", what, found, bar));
        }
        return isMet;
    }

    /** Prints the missed ones; whether there are none. */
    boolean report() {
        System.out.printf("%n%d figures judged, %d above their bar%n", judged, missed.size());
        missed.forEach(System.out::println);
        return missed.isEmpty();
    }

    /** Mean moved/ideal of one leave or join; weights are shown beside the equal nodes, they have no bar of their own. */
    static Optional<String> movedOverIdeal(Fleet fleet, int nodes, int average) {
        return switch (fleet) {
            case WEIGHTS_1_2_4 -> Optional.empty();
            case TAGS -> Optional.of("1.25");
            case EQUAL ->
                Optional.of(
                        switch (nodes) {
                            case 10 -> pick(average, "1.05", "1.02", "1.00");
                            case 100 -> pick(average, "1.19", "1.06", "1.02");
                            default -> pick(average, "1.20", "1.14", "1.07");
                        });
        };
    }

    /** Greatest load over the fair share, of equal nodes. */
    static String peak(int average) {
        return pick(average, "1.57", "1.16", "1.05");
    }

    private static String pick(int average, String ten, String hundred, String thousand) {
        return average == 10 ? ten : average == 100 ? hundred : thousand;
    }
}
