package io.rota.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Mean, standard error and worst of a ratio. Values of one sample (one set of nodes) share their ring and their caps and are
 * not independent: the standard error is taken over the means of the samples. Confined to one row.
 */
final class Tally {
    /** With fewer tasks than that a single task more is a great part of the ideal. */
    private static final int MANY = 4;

    private final List<Double> means = new ArrayList<>();
    private double sum;
    private int count;
    private double worst;
    private double worstOfMany;
    private double worstPart;
    private double worstWhole;
    private double sampleSum;
    private int sampleCount;

    /** Counts {@code part / whole}; a whole of 0 has no ratio and is left out. */
    void add(double part, double whole) {
        if (whole == 0) {
            return;
        }
        double ratio = part / whole;
        sum += ratio;
        count++;
        sampleSum += ratio;
        sampleCount++;
        worstOfMany = whole >= MANY ? Math.max(worstOfMany, ratio) : worstOfMany;
        if (ratio > worst) {
            worst = ratio;
            worstPart = part;
            worstWhole = whole;
        }
    }

    void endSample() {
        if (sampleCount > 0) {
            means.add(sampleSum / sampleCount);
        }
        sampleSum = 0;
        sampleCount = 0;
    }

    int count() {
        return count;
    }

    double mean() {
        return sum / count;
    }

    /** Standard error of the mean, from the spread between the samples; at least two of them. */
    double standardError() {
        double middle = means.stream().mapToDouble(m -> m).average().orElse(0);
        double squares =
                means.stream().mapToDouble(m -> (m - middle) * (m - middle)).sum();
        return Math.sqrt(squares / (means.size() - 1) / means.size());
    }

    double worst() {
        return worst;
    }

    /** The worst where the whole is at least 4. */
    double worstOfMany() {
        return worstOfMany;
    }

    /** Part and whole of the worst. */
    String worstCase() {
        return String.format(Locale.ROOT, "%.0f of %.0f", worstPart, worstWhole);
    }
}
