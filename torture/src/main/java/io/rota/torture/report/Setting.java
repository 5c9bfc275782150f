package io.rota.torture.report;

import java.util.List;

/**
 * Under what a run took place. Immutable.
 *
 * @param load load averages of the machine, before and after
 * @param excluded what the nemesis left out, in sentences
 */
public record Setting(
        String profile, long seed, int nodes, long seconds, String network, String load, List<String> excluded) {
    public Setting {
        excluded = List.copyOf(excluded);
    }
}
