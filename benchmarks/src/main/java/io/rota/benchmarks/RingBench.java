package io.rota.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/**
 * Prints every table in one run. Arguments choose sections: side, speed, quality or only equal, weights or tags of it; none
 * means all. With "bars" the exit code is 1 if a figure of speed or quality is above its bar.
 */
public final class RingBench {
    private RingBench() {}

    public static void main(String[] args) throws Exception {
        System.out.println("Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        List<String> sections = List.of(args);
        boolean isJudged = sections.contains("bars");
        boolean isWhole = sections.isEmpty() || sections.equals(List.of("bars"));
        Bars bars = new Bars();
        if (sections.isEmpty() || sections.contains("side")) {
            new SideBySide().print();
        }
        if (isWhole || sections.contains("speed")) {
            new Speed(bars).print();
        }
        List<Fleet> fleets = Stream.of(Fleet.values())
                .filter(fleet -> isWhole || sections.contains("quality") || sections.contains(fleet.section()))
                .toList();
        if (!fleets.isEmpty()) {
            new Quality(bars).print(fleets);
        }
        boolean isMet = bars.report();
        if (isJudged && !isMet) {
            System.exit(1);
        }
    }
}
