package io.rota.node.config;

import io.rota.membership.Seed;
import io.rota.scheduler.arbitration.ArbiterList;
import java.util.HashSet;
import java.util.List;

/** Reads {@code cluster.arbiters}: who the arbiters are when a cluster is started for the first time. */
final class ArbiterNames {
    private static final int USUAL = 3;

    private ArbiterNames() {}

    /** The names in the file, else the first three named seeds, the first alone with fewer, or this node without seeds. */
    static List<String> read(Section cluster, List<Seed> seeds, String self) {
        var named =
                seeds.stream().map(Seed::name).filter(name -> !name.isEmpty()).toList();
        if (cluster.has("arbiters")) {
            var given = cluster.each("arbiters", name -> known(name, named), "name nodes that are among the seeds");
            if (check(cluster, given)) {
                return given;
            }
        }
        if (named.isEmpty()) {
            return List.of(self);
        }
        return named.size() < USUAL ? named.subList(0, 1) : named.subList(0, USUAL);
    }

    private static String known(String name, List<String> seeds) {
        if (!seeds.contains(name)) {
            throw new IllegalArgumentException("arbiter \"" + name + "\" is not the name of a seed");
        }
        return name;
    }

    private static boolean check(Section cluster, List<String> given) {
        if (new HashSet<>(given).size() < given.size()) {
            cluster.problemAt("arbiters", "an arbiter is named twice", "name each node once");
            return false;
        }
        if (given.size() % 2 == 0 || given.size() > ArbiterList.MOST) {
            cluster.problemAt(
                    "arbiters",
                    given.size() + " arbiters that can be used, where only 1, 3 or 5 are of use",
                    "name 1, 3 or 5 of the seeds: one more than an odd number survives no further death");
            return false;
        }
        return true;
    }
}
