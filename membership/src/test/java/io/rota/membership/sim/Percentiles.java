package io.rota.membership.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Order statistics of a handful of durations, in seconds. */
public final class Percentiles {

    private final List<Long> nanos = new ArrayList<>();

    public void add(long valueNanos) {
        nanos.add(valueNanos);
    }

    int size() {
        return nanos.size();
    }

    /** The value that this share of the sample does not exceed (nearest rank). */
    public double seconds(double share) {
        if (nanos.isEmpty()) {
            return Double.NaN;
        }
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1)) / 1e9;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f s, p99 %.2f s, max %.2f s, n=%d",
                seconds(0.5),
                seconds(0.99),
                seconds(1),
                nanos.size());
    }
}
