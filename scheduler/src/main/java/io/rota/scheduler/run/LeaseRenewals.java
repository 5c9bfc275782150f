package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.Lease;
import io.rota.scheduler.arbitration.LeaseKeeper;
import io.rota.scheduler.guard.Guard;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews this node's lease at the arbiters once a second, and tells the guard how long it holds, in the guard's own
 * clock. Confined to the scheduler thread, except that anybody may ask what was seen of an arbiter.
 */
final class LeaseRenewals {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewals.class);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);
    /** An arbiter counts as reachable for this long after its last answer. */
    private static final long REACHABLE_NANOS = 3_000_000_000L;

    private final KnownArbiters arbiters;
    private final LeaseKeeper keeper;
    private final Guard guard;
    private final Consumer<Runnable> post;
    private final LongSupplier nanoClock;
    private final Map<String, Long> answeredNanos = new ConcurrentHashMap<>();
    private final Map<String, Boolean> granting = new ConcurrentHashMap<>();

    /** What the renewals tell the scheduler. */
    interface Listener {
        /** An arbiter's book holds these claims of this node as not over. */
        void onOpenClaims(Set<Book.ClaimRef> claims);
    }

    private final Listener listener;
    private ArbiterList list;

    LeaseRenewals(LeaseKeeper keeper, KnownArbiters arbiters, Guard guard, Shell shell, Listener listener) {
        this.keeper = keeper;
        this.arbiters = arbiters;
        this.list = arbiters.list();
        this.guard = guard;
        this.post = shell.post();
        this.nanoClock = shell.nanoClock();
        this.listener = listener;
    }

    /** What every part of the shell needs of its surroundings. */
    record Shell(Consumer<Runnable> post, LongSupplier nanoClock) {}

    Lease lease() {
        return keeper.lease();
    }

    long wakeNanos() {
        return keeper.nextRoundNanos();
    }

    void tick() {
        long now = nanoClock.getAsLong();
        var latest = arbiters.list();
        if (latest.epoch() != list.epoch()) {
            list = latest;
            keeper.onArbiters(list.seats().size(), now);
        }
        if (now - keeper.nextRoundNanos() < 0) {
            return;
        }
        // Both clocks are read before the round is sent: what is granted can only hold for less long than believed.
        long stamp = guard.latestStamp();
        long round = keeper.beginRound(now);
        var lease = keeper.lease().id();
        for (var arbiter : list.names()) {
            arbiters.ask(
                    list,
                    arbiter,
                    new PeerRequest.RenewLease(lease),
                    CALL_LIMIT,
                    answer -> post.accept(() -> onAnswer(round, arbiter, stamp, answer)));
        }
    }

    private void onAnswer(long round, String arbiter, long stamp, Optional<PeerAnswer> answer) {
        long now = nanoClock.getAsLong();
        if (answer.isPresent() && answer.get() instanceof PeerAnswer.LaterList) {
            answeredNanos.put(arbiter, now);
        }
        if (answer.isEmpty() || !(answer.get() instanceof PeerAnswer.Renewed renewed)) {
            return;
        }
        answeredNanos.put(arbiter, now);
        granting.put(arbiter, renewed.renewal().renewed());
        if (!renewed.renewal().renewed()) {
            return;
        }
        boolean first = !keeper.lease().held();
        if (keeper.onGranted(round, arbiter, now)) {
            if (stamp != Guard.NO_STAMP) {
                guard.leaseHeld(stamp);
            }
            if (first) {
                LOG.info("lease granted lease={}", keeper.lease().id());
            }
        }
        listener.onOpenClaims(renewed.renewal().open());
    }

    boolean isReachable(String arbiter) {
        var answered = answeredNanos.get(arbiter);
        return answered != null && nanoClock.getAsLong() - answered < REACHABLE_NANOS;
    }

    boolean isVoting(String arbiter) {
        return isReachable(arbiter) && granting.getOrDefault(arbiter, false);
    }

    boolean isLapsed() {
        return keeper.isLapsed(nanoClock.getAsLong());
    }

    void nextEpoch() {
        keeper.nextEpoch(nanoClock.getAsLong());
        LOG.warn(
                "lease lapsed: asking for the next one lease={}", keeper.lease().id());
    }
}
