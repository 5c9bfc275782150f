package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.ListChange;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.peer.QuorumListVotes;
import io.rota.scheduler.view.ArbiterOrder;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.CommandOutcome.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a person says about the list of arbiters, on whichever node was asked, one change at a time on a thread
 * of its own: has the next list decided by the books of the present one, tells every live member, and waits until a
 * majority of the new list votes. Thread-safe.
 */
public final class ArbiterChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArbiterChanges.class);
    private static final Duration CALL_LIMIT = Duration.ofMillis(700);
    private static final long VOTE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A key that no task can have: it is read to see whether a book votes. */
    private static final String NO_TASK = "";

    private final KnownArbiters arbiters;
    private final Supplier<Set<String>> live;
    private final ListChange lists;
    private final ThreadPoolExecutor thread;

    /**
     * @param claimant unlike any other node's or boot's
     * @param live names of the live members
     */
    public ArbiterChanges(String claimant, KnownArbiters arbiters, Supplier<Set<String>> live) {
        this.arbiters = arbiters;
        this.live = live;
        this.lists = new ListChange(claimant, new QuorumListVotes(arbiters));
        this.thread = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), task -> new Thread(task, "arbiter-change"));
        thread.allowCoreThreadTimeOut(true);
    }

    CompletableFuture<CommandOutcome> change(ArbiterOrder order) {
        var outcome = new CompletableFuture<CommandOutcome>();
        try {
            thread.execute(() -> outcome.complete(carryOut(order)));
        } catch (RejectedExecutionException e) {
            outcome.complete(new CommandOutcome.Refused(
                    Cause.UNAVAILABLE, "this node carries out another change of the arbiters already: try again"));
        }
        return outcome;
    }

    private CommandOutcome carryOut(ArbiterOrder order) {
        try {
            return decide(order);
        } catch (RuntimeException e) {
            LOG.error("a change of the arbiters met an error", e);
            return new CommandOutcome.Refused(Cause.UNAVAILABLE, "the node met an error; its log tells more");
        }
    }

    private CommandOutcome decide(ArbiterOrder order) {
        var present = arbiters.list();
        var refusal = refusal(present, order).or(() -> absent(order));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var change = new ArbiterList.Change(order.by(), order.reason(), System.currentTimeMillis());
        var wanted = order.leaving().isEmpty()
                ? present.add(order.joining(), change)
                : present.replace(order.leaving().get(0), order.joining().get(0), change);
        var decided = lists.decide(present, wanted);
        if (decided.isEmpty()) {
            return new CommandOutcome.Refused(
                    Cause.UNAVAILABLE,
                    arbiters.list().epoch() > present.epoch()
                            ? "the list of arbiters was changed at this moment: look again"
                            : "no majority of the arbiters " + present.names() + " has answered, so the change may come"
                                    + " or not: look again, and repeat it");
        }
        var next = decided.get();
        LOG.info(
                "list of arbiters changed list={} arbiters={} by=\"{}\" reason=\"{}\"",
                next.epoch(),
                next.names(),
                next.change().by(),
                next.change().reason());
        arbiters.learn(next);
        live.get().forEach(arbiters::exchange);
        if (!next.equals(wanted)) {
            return new CommandOutcome.Refused(
                    Cause.CONFLICT,
                    "another change was under way and is completed now: the arbiters are " + next.names()
                            + "; look again");
        }
        boolean votes = awaitMajority(next);
        return new CommandOutcome.ArbitersChanged(
                next.epoch(),
                next.names(),
                votes ? "" : "no majority of them votes yet: nothing exclusive starts until it does");
    }

    /** Why the order makes no sense for this list; empty if it does. */
    static Optional<CommandOutcome> refusal(ArbiterList present, ArbiterOrder order) {
        if (present.epoch() == 0) {
            return refuse(
                    Cause.UNAVAILABLE,
                    "no arbiter has told this node of a list yet: start the arbiters " + present.names() + " first");
        }
        for (var name : order.leaving()) {
            if (!present.contains(name)) {
                return refuse(Cause.CONFLICT, name + " is not an arbiter; they are " + present.names());
            }
        }
        for (var name : order.joining()) {
            if (present.contains(name)) {
                return refuse(Cause.CONFLICT, name + " is an arbiter already; they are " + present.names());
            }
        }
        if (Set.copyOf(order.joining()).size() < order.joining().size()) {
            return refuse(Cause.INVALID, "a node is named twice");
        }
        int size = present.seats().size()
                - order.leaving().size()
                + order.joining().size();
        if (size % 2 == 0 || size > ArbiterList.MOST) {
            return refuse(
                    Cause.INVALID,
                    "that would make " + size + " arbiters, and only 1, 3 or 5 are of use: one more than an odd number"
                            + " survives no further death; name two nodes");
        }
        return Optional.empty();
    }

    private static Optional<CommandOutcome> refuse(Cause cause, String reason) {
        return Optional.of(new CommandOutcome.Refused(cause, reason));
    }

    /** A node that is not there cannot vote: the change would take the others' majority away. */
    private Optional<CommandOutcome> absent(ArbiterOrder order) {
        var members = live.get();
        return order.joining().stream()
                .filter(name -> !members.contains(name))
                .findFirst()
                .flatMap(name -> refuse(Cause.CONFLICT, name + " is no live member: start it, then repeat this"));
    }

    private boolean awaitMajority(ArbiterList next) {
        Set<String> voting = ConcurrentHashMap.newKeySet();
        long start = System.nanoTime();
        while (voting.size() < next.majority() && System.nanoTime() - start < VOTE_LIMIT_NANOS) {
            ask(next, next.names(), voting);
            LockSupport.parkNanos(POLL_NANOS);
        }
        return voting.size() >= next.majority();
    }

    private void ask(ArbiterList next, List<String> names, Set<String> voting) {
        for (var name : names) {
            arbiters.ask(next, name, new PeerRequest.ReadBook(NO_TASK), CALL_LIMIT, answer -> {
                if (answer.isPresent()
                        && answer.get() instanceof PeerAnswer.BookRead read
                        && read.reading().voting()) {
                    voting.add(name);
                }
            });
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
