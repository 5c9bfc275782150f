package io.rota.scheduler.arbitration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the lease of one node: counts the answers of each round of renewals, and moves the deadline to the time BEFORE
 * the round was sent plus the lease length once a majority of the arbiters has granted it. A lease whose deadline has
 * passed is never renewed again. Pure; confined to the scheduler thread.
 */
public final class LeaseKeeper {
    /** Length of a lease. */
    public static final long LEASE_NANOS = 6_000_000_000L;
    /** Time between two rounds of renewals. */
    public static final long RENEW_NANOS = 1_000_000_000L;

    private static final int MAX_OPEN_ROUNDS = 16;

    private final String node;
    private final long bootId;
    private int majority;
    private final Map<Long, Round> rounds = new HashMap<>();

    private int epoch = 1;
    private boolean held;
    private long deadlineNanos;
    private long nextRoundNanos;
    private long roundCount;

    private record Round(long sentNanos, Set<String> granted) {}

    /** @param arbiters number of listed arbiters */
    public LeaseKeeper(String node, long bootId, int arbiters, long nowNanos) {
        this.node = node;
        this.bootId = bootId;
        this.majority = arbiters / 2 + 1;
        this.nextRoundNanos = nowNanos;
    }

    public Lease lease() {
        return new Lease(new LeaseId(node, bootId, epoch), deadlineNanos, held);
    }

    /** When a round is to be sent next. */
    public long nextRoundNanos() {
        return nextRoundNanos;
    }

    /**
     * Another list of arbiters holds from now on. A round counts under one list only, so those under way are forgotten; the
     * lease that is held goes on to its deadline.
     */
    public void onArbiters(int arbiters, long nowNanos) {
        majority = arbiters / 2 + 1;
        rounds.clear();
        nextRoundNanos = nowNanos;
    }

    /** Begins a round that is sent right after this; returns its number. */
    public long beginRound(long nowNanos) {
        nextRoundNanos = nowNanos + RENEW_NANOS;
        rounds.values().removeIf(round -> nowNanos - round.sentNanos() > LEASE_NANOS);
        if (rounds.size() < MAX_OPEN_ROUNDS) {
            rounds.put(++roundCount, new Round(nowNanos, new HashSet<>()));
        }
        return roundCount;
    }

    /**
     * An arbiter granted the renewal sent in this round.
     *
     * @return true if the deadline moved: a majority has answered
     */
    public boolean onGranted(long number, String arbiter, long nowNanos) {
        var round = rounds.get(number);
        if (round == null || isLapsed(nowNanos)) {
            return false;
        }
        round.granted().add(arbiter);
        long deadline = round.sentNanos() + LEASE_NANOS;
        if (round.granted().size() < majority || deadline - nowNanos <= 0 || (held && deadline - deadlineNanos <= 0)) {
            return false;
        }
        held = true;
        deadlineNanos = deadline;
        return true;
    }

    /** True once a lease that was held has run out: it can only be followed by the next epoch. */
    public boolean isLapsed(long nowNanos) {
        return held && deadlineNanos - nowNanos <= 0;
    }

    /** Takes the next epoch; to be called only when every process started under the old one is gone. */
    public void nextEpoch(long nowNanos) {
        epoch++;
        held = false;
        rounds.clear();
        nextRoundNanos = nowNanos;
    }
}
