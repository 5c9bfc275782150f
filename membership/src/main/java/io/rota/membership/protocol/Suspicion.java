package io.rota.membership.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * How long one suspect may still stay silent (Lifeguard section IV-B). Confined to the protocol thread. The time begins at its longest and
 * falls with the logarithm of the number of independent accusers, the first one not counted. Keyed to one boot and incarnation by its owner: a
 * suspicion never outlives either.
 */
final class Suspicion {

    private final long startedNanos;
    private final long minNanos;
    private final long maxNanos;
    private final int wanted;
    private final List<String> accusers = new ArrayList<>(4);

    Suspicion(long startedNanos, long minNanos, long maxNanos, int wanted, String firstAccuser) {
        this.startedNanos = startedNanos;
        this.minNanos = minNanos;
        this.maxNanos = maxNanos;
        this.wanted = wanted;
        accusers.add(firstAccuser);
    }

    /** True when this accuser is new and still counts; its accusation is then worth telling on. */
    boolean confirm(String accuser) {
        if (accuser.isEmpty() || accusers.size() > wanted || accusers.contains(accuser)) {
            return false;
        }
        accusers.add(accuser);
        return true;
    }

    /** When the suspect is to be declared dead, unless it speaks. */
    long deadlineNanos() {
        return startedNanos + timeoutNanos(accusers.size() - 1, wanted, minNanos, maxNanos);
    }

    /** max - (max - min) * ln(c + 1) / ln(k + 1), never below min. */
    static long timeoutNanos(int confirmations, int wanted, long minNanos, long maxNanos) {
        if (wanted < 1) {
            return minNanos;
        }
        double share = StrictMath.log(confirmations + 1.0) / StrictMath.log(wanted + 1.0);
        return Math.max(minNanos, maxNanos - (long) (share * (maxNanos - minNanos)));
    }

    /** alpha * max(1, log10 N) * interval. */
    static long minNanos(double alpha, int members, long intervalNanos) {
        return (long) (alpha * Math.max(1.0, StrictMath.log10(Math.max(1, members))) * intervalNanos);
    }
}
