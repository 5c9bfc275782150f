package io.rota.torture.report;

import java.util.Collection;
import java.util.List;

/** Values in milliseconds, by rank. Immutable. */
record Spread(List<Long> sortedMillis) {

    static Spread of(Collection<Long> millis) {
        return new Spread(millis.stream().sorted().toList());
    }

    /** The smallest value that no fewer than that share of all values reach. */
    long percentile(double share) {
        int rank = (int) Math.ceil(share * sortedMillis.size());
        return sortedMillis.get(Math.max(0, rank - 1));
    }

    String text() {
        return sortedMillis.isEmpty()
                ? "none"
                : "n=%d p50=%d p99=%d max=%d ms"
                        .formatted(sortedMillis.size(), percentile(0.5), percentile(0.99), percentile(1));
    }
}
