package io.rota.node;

import io.rota.membership.Membership;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.node.config.NodeConfig;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.engine.Engine;
import io.rota.scheduler.run.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a node in good order: the others take over what runs here while it still runs, what is left is stopped, its
 * claims are released, and the node leaves.
 */
final class GracefulStop {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

    /** Beside the longest stop grace: a hand-over in which no task leaves for so long does not get on. */
    private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(6);

    private static final Duration STOP_MARGIN = Duration.ofSeconds(5);
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(2);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final NodeConfig config;
    private final Scheduler scheduler;
    private final Supplier<MembershipView> view;
    private final BooleanSupplier hurried;

    /** @param hurried true once the hand-over is not to be waited for any longer */
    GracefulStop(NodeConfig config, Scheduler scheduler, Supplier<MembershipView> view, BooleanSupplier hurried) {
        this.config = config;
        this.scheduler = scheduler;
        this.view = view;
        this.hurried = hurried;
    }

    /**
     * Blocks until the node has left; the others have been told that it drains.
     *
     * @return false if it must not be seen leaving: a run goes on that only the end of this process ends
     */
    boolean run(Membership gossip) {
        LOG.info("stopping: handing over");
        handOver();
        scheduler.stopAll();
        if (!await(() -> !scheduler.isBusy(), stopLimit())) {
            LOG.warn("some tasks did not stop in {}: the guard kills them", stopLimit());
        }
        boolean deaf = scheduler.hasDeafRuns();
        if (!await(() -> !scheduler.isReleasing(), RELEASE_LIMIT)) {
            LOG.warn(
                    "the arbiters did not hear that this node's claims are over: the guard's word or the lease ends them");
        }
        if (deaf) {
            // The others would start those at once. The end of this process, which ends them, speaks for itself.
            LOG.error("a Java task ignores its interrupt: this node ends without saying goodbye");
            return false;
        }
        gossip.leave(LEAVE_LIMIT);
        return true;
    }

    /** Some tasks at a time go, so that this takes as long as it gets on. */
    private void handOver() {
        var limit = longestGrace().plus(HAND_OVER_LIMIT);
        long left = busy();
        while (left > 0 && !hurried.getAsBoolean() && !nobodyElseIsActive()) {
            long before = left;
            if (!await(() -> busy() < before || hurried.getAsBoolean() || nobodyElseIsActive(), limit)) {
                LOG.warn("no task was taken over within {}: stopping the {} that are left", limit, before);
                return;
            }
            left = busy();
        }
    }

    private long busy() {
        return scheduler.standings().stream()
                .filter(standing -> standing.phase().isBusy())
                .count();
    }

    private Duration stopLimit() {
        return longestGrace().plus(STOP_MARGIN);
    }

    private Duration longestGrace() {
        return scheduler.standings().stream()
                .map(Engine.Standing::task)
                .map(TaskDefinition::stopGrace)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private boolean nobodyElseIsActive() {
        return view.get().live().stream()
                .filter(member -> !member.name().equals(config.node().name()))
                .noneMatch(member -> member.metadata().participation() == Participation.ACTIVE);
    }

    private static boolean await(BooleanSupplier condition, Duration limit) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
