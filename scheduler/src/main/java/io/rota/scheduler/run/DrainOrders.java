package io.rota.scheduler.run;

import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.CommandOutcome.Cause;
import io.rota.scheduler.view.CommandOutcome.Refused;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.DrainView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Hands orders to drain on to the node that they are about, and carries out those about this node. A node judges by its
 * own ring whether something would be blocked. Thread-safe.
 */
public final class DrainOrders {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

    private final String self;
    private final PeerCalls peers;
    private final Supplier<ClusterRing> ring;
    private final Busy busy;
    private final Switch draining;

    /** What keeps the node from leaving. */
    public interface Busy {
        /** Tasks of which a process or a claim may exist here. */
        List<String> tasks();

        /** True while something here has ended and a majority of the books has not heard so. */
        boolean owes();

        /** What a scheduler does. */
        static Busy of(Scheduler scheduler) {
            return new Busy() {
                @Override
                public List<String> tasks() {
                    return scheduler.standings().stream()
                            .filter(standing -> standing.phase().isBusy())
                            .map(standing -> standing.task().name())
                            .toList();
                }

                @Override
                public boolean owes() {
                    return scheduler.isReleasing();
                }
            };
        }
    }

    /** The node's own participation. */
    public interface Switch {
        /** True once it has been told to drain and not yet to undrain. */
        boolean isDraining();

        /**
         * Takes no work from now on, over restarts too, or takes part again. May be repeated.
         *
         * @return why it was not done; empty if it was
         */
        Optional<String> drain(boolean on);
    }

    public DrainOrders(String self, PeerCalls peers, Supplier<ClusterRing> ring, Busy busy, Switch draining) {
        this.self = self;
        this.peers = peers;
        this.ring = ring;
        this.busy = busy;
        this.draining = draining;
    }

    /** As {@link io.rota.scheduler.view.SchedulerCommands#drain}. */
    CompletableFuture<CommandOutcome> relay(DrainOrder order) {
        var member = ring.get().view().find(order.node());
        if (member.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Refused(Cause.UNKNOWN, "there is no member named " + order.node()));
        }
        if (!member.get().state().isLive()) {
            return CompletableFuture.completedFuture(
                    new Refused(Cause.CONFLICT, order.node() + " is not alive: nothing runs there"));
        }
        var outcome = new CompletableFuture<CommandOutcome>();
        peers.ask(
                order.node(),
                new PeerRequest.DrainNode(order),
                CALL_LIMIT,
                answer -> outcome.complete(outcome(order.node(), answer)));
        return outcome;
    }

    private static CommandOutcome outcome(String node, Optional<PeerAnswer> answer) {
        if (answer.isPresent() && answer.get() instanceof PeerAnswer.Commanded commanded) {
            return commanded.outcome();
        }
        return new Refused(Cause.UNAVAILABLE, node + " does not answer; it may have heard: ask again");
    }

    /** Carries out an order about this node. */
    CommandOutcome obey(DrainOrder order) {
        if (!order.node().equals(self)) {
            return new Refused(Cause.INVALID, "this is " + self + ", not " + order.node());
        }
        if (order.action() == DrainOrder.Action.DRAIN && !draining.isDraining() && !order.allowBlocked()) {
            var blocked = standing().blocked();
            if (!blocked.isEmpty()) {
                return new Refused(Cause.CONFLICT, inWords(blocked));
            }
        }
        if (order.action() != DrainOrder.Action.LOOK) {
            var refusal = draining.drain(order.action() == DrainOrder.Action.DRAIN);
            if (refusal.isPresent()) {
                return new Refused(Cause.UNAVAILABLE, refusal.get());
            }
        }
        return new CommandOutcome.DrainStands(standing());
    }

    private DrainView standing() {
        return DrainPlan.of(ring.get(), self, draining.isDraining(), busy.tasks(), busy.owes());
    }

    private String inWords(List<DrainView.Blocked> blocked) {
        return blocked.size() + " of the tasks would be blocked: "
                + blocked.stream()
                        .limit(5)
                        .map(task -> task.task() + " (" + task.reason() + ")")
                        .collect(Collectors.joining(", "))
                + (blocked.size() > 5 ? ", ..." : "")
                + "; to drain " + self + " all the same, allow it (allowBlocked, --allow-blocked)";
    }
}
