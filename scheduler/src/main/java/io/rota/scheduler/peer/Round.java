package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.ArbiterList;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** One request to several arbiters of one list at once, until a majority of it gave a wanted answer. */
final class Round {
    /** How long it may take. */
    static final Duration LIMIT = Duration.ofMillis(700);

    private final ArbiterList list;
    private final KnownArbiters arbiters;

    Round(ArbiterList list, KnownArbiters arbiters) {
        this.list = list;
        this.arbiters = arbiters;
    }

    private record Reply(String arbiter, Optional<PeerAnswer> answer) {}

    /** Asks all; returns as soon as a majority gave a wanted answer, all have answered, or the time is over. */
    Map<String, PeerAnswer> ask(
            List<String> targets, Function<String, PeerRequest.ToArbiter> request, Predicate<PeerAnswer> wanted) {
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>(targets.size());
        for (var arbiter : targets) {
            arbiters.ask(
                    list, arbiter, request.apply(arbiter), LIMIT, answer -> replies.add(new Reply(arbiter, answer)));
        }
        var good = new HashMap<String, PeerAnswer>();
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        for (int heard = 0; heard < targets.size() && good.size() < list.majority(); heard++) {
            var reply = poll(replies, deadlineNanos);
            if (reply.isEmpty()) {
                break;
            }
            var from = reply.get().arbiter();
            reply.get().answer().filter(wanted).ifPresent(answer -> good.put(from, answer));
        }
        return good;
    }

    private static Optional<Reply> poll(BlockingQueue<Reply> replies, long deadlineNanos) {
        try {
            return Optional.ofNullable(replies.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
