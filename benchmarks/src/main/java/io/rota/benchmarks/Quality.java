package io.rota.benchmarks;

import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.RingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How even the load is and how much moves, for equal nodes, for weights 1, 2, 4 and for tags. */
final class Quality {
    private static final int[] SIZES = {10, 100, 1000};
    private static final int TASK_ADDS = 100;

    private final Bars bars;

    Quality(Bars bars) {
        this.bars = bars;
    }

    void print(List<Fleet> fleets) {
        System.out.printf("%nQuality of the Rota ring, automatic slack%n%n");
        System.out.println(
                "| nodes are | N | tasks a node | peak/fair mean, max | moved/ideal leave: mean ± standard error, worst, from 4 tasks on"
                        + " | join | changes each, node sets | saturated | above the bar |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (Fleet fleet : fleets) {
            for (int nodes : SIZES) {
                for (int average : SIZES) {
                    System.out.println(row(Sampling.of(fleet, nodes, average)));
                }
            }
        }
        printTaskAdds();
    }

    private String row(Sampling sampling) {
        Sampling.Found found = sampling.measure();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.2f, %.2f | %s | %s | %d, %d | %d | %s |",
                sampling.fleet(),
                sampling.nodes(),
                sampling.average(),
                found.peak().mean(),
                found.peak().worst(),
                text(found.leave()),
                text(found.join()),
                found.leave().count(),
                sampling.clusters(),
                found.saturated(),
                String.join(", ", missed(sampling, found)));
    }

    private List<String> missed(Sampling sampling, Sampling.Found found) {
        String row = sampling.fleet() + ", " + sampling.nodes() + " nodes, " + sampling.average() + " tasks each: ";
        List<String> missed = new ArrayList<>();
        Bars.movedOverIdeal(sampling.fleet(), sampling.nodes(), sampling.average())
                .ifPresent(bar -> {
                    judge(missed, row, "leave", found.leave().mean(), bar);
                    judge(missed, row, "join", found.join().mean(), bar);
                });
        judge(missed, row, "worst leave", found.leave().worstOfMany(), "3.00");
        judge(missed, row, "worst join", found.join().worstOfMany(), "3.00");
        judge(missed, row, "saturated", found.saturated(), "0");
        if (sampling.fleet() == Fleet.EQUAL) {
            judge(missed, row, "peak", found.peak().worst(), Bars.peak(sampling.average()));
        }
        return missed;
    }

    private void judge(List<String> missed, String row, String what, double found, String bar) {
        if (!bars.meets(row + what, found, bar)) {
            missed.add(what);
        }
    }

    private static String text(Tally tally) {
        return String.format(
                Locale.ROOT,
                "%.4f ± %.4f, %.2f (%s), %.2f",
                tally.mean(),
                tally.standardError(),
                tally.worst(),
                tally.worstCase(),
                tally.worstOfMany());
    }

    private void printTaskAdds() {
        System.out.printf("%nOne task more: others that move, mean, most, in %d tries%n%n", TASK_ADDS);
        System.out.println("| N | tasks a node | mean | most |");
        System.out.println("|---|---|---|---|");
        for (int nodes : SIZES) {
            for (int average : new int[] {10, 100}) {
                Placement placement = Placement.of(
                        Fleet.EQUAL.nodes(nodes, "node-"),
                        Fleet.EQUAL.tasks(nodes * average, "task-"),
                        PlacementSettings.defaults());
                Tally others = new Tally();
                for (int i = 0; i < TASK_ADDS; i++) {
                    others.add(
                            placement
                                            .whatIf()
                                            .taskIsAdded(RingTask.of("late-" + i))
                                            .count()
                                    - 1,
                            1);
                }
                bars.meets(nodes + " nodes, " + average + " tasks each: others moved by a task", others.worst(), "5");
                System.out.printf(
                        Locale.ROOT, "| %d | %d | %.2f | %.0f |%n", nodes, average, others.mean(), others.worst());
            }
        }
    }
}
