package io.rota.membership.protocol;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which wire versions the live members speak, and so in which one the cluster talks: the newest that all of them speak. Confined to the protocol
 * thread.
 */
final class VersionCount {

    private final TreeMap<Integer, Integer> oldest = new TreeMap<>();
    private final TreeMap<Integer, Integer> newest = new TreeMap<>();

    void add(WireVersions spoken, int count) {
        add(oldest, spoken.min(), count);
        add(newest, spoken.max(), count);
    }

    /** The newest version that all speak, or what we speak while there is none. */
    int common(WireVersions ours) {
        int common = newest.isEmpty() ? ours.max() : newest.firstKey();
        return Math.max(ours.min(), Math.min(ours.max(), common));
    }

    /** True when there is a version in common also with one more member that speaks these. */
    boolean fits(WireVersions more) {
        int least = oldest.isEmpty() ? more.min() : Math.max(more.min(), oldest.lastKey());
        int most = newest.isEmpty() ? more.max() : Math.min(more.max(), newest.firstKey());
        return least <= most;
    }

    private static void add(Map<Integer, Integer> counts, int version, int count) {
        if (counts.merge(version, count, Integer::sum) == 0) {
            counts.remove(version);
        }
    }
}
