package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.loop.Ticker;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.CommandOutcome.Cause;
import io.rota.scheduler.view.CommandOutcome.Refused;
import io.rota.scheduler.view.RunOrder;
import io.rota.scheduler.view.SchedulerCommands;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Hands each order on to the owner of its task, whichever node was asked, and again to the next owner while the task
 * moves: the key makes it one run however often it is handed on. Thread-safe.
 */
public final class RunOrders implements SchedulerCommands, AutoCloseable {
    /** An order that nobody could take is refused after this long. */
    static final Duration LIMIT = Duration.ofSeconds(5);
    /** Orders under way at once; one more is refused at once. */
    static final int MOST = 1_000;

    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);
    private static final long AGAIN_MILLIS = 100;

    private final Map<String, TaskDefinition> tasks = new TreeMap<>();
    private final PeerCalls peers;
    private final Supplier<ClusterRing> ring;
    private final Duration limit;
    private final Ticker timer = new Ticker("orders", 1);
    private final AtomicInteger underWay = new AtomicInteger();

    public RunOrders(Collection<TaskDefinition> tasks, PeerCalls peers, Supplier<ClusterRing> ring) {
        this(tasks, peers, ring, LIMIT);
    }

    RunOrders(Collection<TaskDefinition> tasks, PeerCalls peers, Supplier<ClusterRing> ring, Duration limit) {
        this.limit = limit;
        tasks.forEach(task -> this.tasks.put(task.name(), task));
        this.peers = peers;
        this.ring = ring;
    }

    @Override
    public CompletableFuture<CommandOutcome> run(RunOrder order) {
        var refusal = refusal(order);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
            return CompletableFuture.completedFuture(
                    new Refused(Cause.UNAVAILABLE, MOST + " commands are under way already: try again"));
        }
        var outcome = new CompletableFuture<CommandOutcome>();
        handOn(order, System.nanoTime() + limit.toNanos(), outcome);
        return outcome.whenComplete((done, failure) -> underWay.decrementAndGet());
    }

    /** Why no node will ever take this order; the node that is asked says so, and the owner by its own definition. */
    Optional<CommandOutcome> refusal(RunOrder order) {
        var task = tasks.get(order.task());
        if (task == null) {
            return Optional.of(new Refused(Cause.UNKNOWN, "there is no task named " + order.task()));
        }
        if (task.isService()) {
            return Optional.of(
                    new Refused(Cause.INVALID, task.name() + " is a service: it runs for ever and is not ordered"));
        }
        try {
            task.params().resolve(order.params());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new Refused(Cause.INVALID, task.name() + ": " + e.getMessage()));
        }
    }

    private void handOn(RunOrder order, long untilNanos, CompletableFuture<CommandOutcome> outcome) {
        var owner = ring.get().placement().ownerOf(order.task());
        if (owner.isEmpty()) {
            again(order, untilNanos, "no live node is eligible for " + order.task(), outcome);
            return;
        }
        peers.ask(
                owner.get(),
                new PeerRequest.BeginRun(order),
                CALL_LIMIT,
                answer -> onAnswer(order, untilNanos, owner.get(), answer, outcome));
    }

    private void onAnswer(
            RunOrder order,
            long untilNanos,
            String owner,
            Optional<PeerAnswer> answer,
            CompletableFuture<CommandOutcome> outcome) {
        if (answer.isEmpty()) {
            again(order, untilNanos, "its owner " + owner + " does not answer", outcome);
        } else if (answer.get() instanceof PeerAnswer.Commanded commanded) {
            if (commanded.outcome() instanceof Refused refused && refused.cause() == Cause.UNAVAILABLE) {
                again(order, untilNanos, owner + ": " + refused.reason(), outcome);
            } else {
                outcome.complete(commanded.outcome());
            }
        } else {
            again(order, untilNanos, "its owner " + owner + " answered something else", outcome);
        }
    }

    private void again(RunOrder order, long untilNanos, String why, CompletableFuture<CommandOutcome> outcome) {
        if (System.nanoTime() - untilNanos >= 0) {
            outcome.complete(new Refused(
                    Cause.UNAVAILABLE,
                    why + "; it may have been taken all the same: ask again with key " + order.key()));
        } else {
            timer.after(AGAIN_MILLIS, () -> handOn(order, untilNanos, outcome));
        }
    }

    @Override
    public void close() {
        timer.close();
    }
}
