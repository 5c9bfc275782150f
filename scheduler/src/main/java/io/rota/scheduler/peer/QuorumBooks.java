package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Books;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The books of the listed arbiters, reached over the peer API; a majority of the list decides. Thread-safe. */
public final class QuorumBooks implements Books {
    /** How long one round of calls may take. */
    static final Duration ROUND_LIMIT = Duration.ofMillis(700);

    private final List<String> arbiters;
    private final PeerCalls peers;
    private final int majority;

    public QuorumBooks(List<String> arbiters, PeerCalls peers) {
        this.arbiters = List.copyOf(arbiters);
        this.peers = peers;
        this.majority = arbiters.size() / 2 + 1;
    }

    private record Reply(String arbiter, Optional<PeerAnswer> answer) {}

    @Override
    public Optional<Reading> read(String task) {
        var replies = round(arbiters, arbiter -> new PeerRequest.ReadBook(task), QuorumBooks::isVotingRead);
        if (replies.size() < majority) {
            return Optional.empty();
        }
        var entries = new HashMap<String, BookEntry>();
        var ended = new HashSet<DeathWord>();
        replies.forEach((arbiter, answer) -> {
            var reading = ((PeerAnswer.BookRead) answer).reading();
            entries.put(arbiter, reading.entry());
            ended.addAll(reading.endedBoots());
        });
        return Optional.of(new Reading(entries, ended));
    }

    @Override
    public boolean write(Reading read, BookEntry next) {
        var targets = List.copyOf(read.entries().keySet());
        var accepted =
                round(targets, arbiter -> new PeerRequest.WriteBook(entryOf(read, arbiter), next), QuorumBooks::isYes);
        return accepted.size() >= majority;
    }

    @Override
    public boolean release(String task, String claimId) {
        return round(arbiters, arbiter -> new PeerRequest.ReleaseClaim(task, claimId), QuorumBooks::isYes)
                        .size()
                >= majority;
    }

    @Override
    public boolean revoke(LeaseId lease) {
        return round(arbiters, arbiter -> new PeerRequest.RevokeLease(lease), QuorumBooks::isYes)
                        .size()
                >= majority;
    }

    private static BookEntry entryOf(Reading read, String arbiter) {
        var entry = read.entries().get(arbiter);
        if (entry == null) {
            throw new IllegalArgumentException("the book of " + arbiter + " was not read");
        }
        return entry;
    }

    private static boolean isVotingRead(PeerAnswer answer) {
        return answer instanceof PeerAnswer.BookRead read && read.reading().voting();
    }

    private static boolean isYes(PeerAnswer answer) {
        return answer instanceof PeerAnswer.Done done && done.yes();
    }

    /** Builds the request for one arbiter. */
    private interface RequestFor {
        PeerRequest of(String arbiter);
    }

    /** Asks all at once; returns as soon as a majority gave a wanted answer, all have answered, or the time is over. */
    private Map<String, PeerAnswer> round(List<String> targets, RequestFor request, Predicate<PeerAnswer> wanted) {
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>(targets.size());
        for (var arbiter : targets) {
            peers.ask(arbiter, request.of(arbiter), ROUND_LIMIT, answer -> replies.add(new Reply(arbiter, answer)));
        }
        var good = new HashMap<String, PeerAnswer>();
        long deadlineNanos = System.nanoTime() + ROUND_LIMIT.toNanos();
        for (int heard = 0; heard < targets.size() && good.size() < majority; heard++) {
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
