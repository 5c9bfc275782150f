package io.rota.membership.protocol;

/**
 * How far this node should trust its own ears (Lifeguard section IV-A, the local health multiplier). Confined to the protocol thread. 0 is
 * healthy; each point stretches the probe interval by one more interval.
 */
final class LocalHealth {

    private final int limit;
    private int score;

    LocalHealth(int limit) {
        this.limit = limit;
    }

    int score() {
        return score;
    }

    /** True when the score changed. */
    boolean add(int delta) {
        int before = score;
        score = Math.max(0, Math.min(limit, score + delta));
        return score != before;
    }

    long scale(long intervalNanos) {
        return intervalNanos * (score + 1L);
    }
}
